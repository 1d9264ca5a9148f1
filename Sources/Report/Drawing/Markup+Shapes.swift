import Formatting
import Records

/// A point in a drawing: x to the right, y down.
struct Point: Equatable {
  var x: Double
  var y: Double
}

// Shapes. Colours and widths come from classes, which the style of the page or of the file defines.
extension Markup {
  /// Returns a straight line.
  static func line(_ from: Point, _ to: Point, class style: String) -> Markup {
    .element("path", ["class": style, "d": "M\(from.svg)L\(to.svg)"])
  }

  /// Returns a line through several points.
  static func line(_ points: [Point], class style: String) -> Markup {
    .element("path", ["class": style, "d": "M" + points.map(\.svg).joined(separator: "L")])
  }

  /// Returns the area within points.
  static func area(_ points: [Point], class style: String) -> Markup {
    .element("path", ["class": style, "d": "M" + points.map(\.svg).joined(separator: "L") + "z"])
  }

  /// Returns a rectangle between two corners.
  static func rectangle(_ corner: Point, _ opposite: Point, class style: String) -> Markup {
    let (left, top) = (min(corner.x, opposite.x), min(corner.y, opposite.y))
    return .element(
      "rect",
      [
        "class": style, "x": coordinate(left), "y": coordinate(top),
        "width": coordinate(abs(corner.x - opposite.x)), "height": coordinate(abs(corner.y - opposite.y)),
      ])
  }

  /// Returns one line of text with its baseline at a point.
  static func label(
    _ text: String, at place: Point, anchor: TextAnchor = .start, class style: String? = nil
  ) -> Markup {
    .element(
      "text",
      [
        "class": style, "x": coordinate(place.x), "y": coordinate(place.y),
        "text-anchor": anchor == .start ? nil : anchor.rawValue,
      ], Readable.line(text))
  }

  /// Returns a coordinate, rounded to a tenth.
  static func coordinate(_ value: Double) -> String {
    let text = Readable.fixed(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// The part of a text that lies at its point.
enum TextAnchor: String {
  case start
  case middle
  case end
}

extension Point {
  /// The point in the syntax of paths.
  fileprivate var svg: String { "\(Markup.coordinate(x)) \(Markup.coordinate(y))" }
}

/// The marks of series, which distinguish them besides the colours.
enum Marker: CaseIterable {
  case circle
  case square
  case triangle
  case diamond
  case tip

  /// Returns the mark at a point.
  func markup(at place: Point, class style: String) -> Markup {
    let corners: [(Double, Double)] =
      switch self {
      case .circle: []
      case .square: [(-4, -4), (4, -4), (4, 4), (-4, 4)]
      case .triangle: [(0, -5.5), (5, 4), (-5, 4)]
      case .diamond: [(0, -6), (6, 0), (0, 6), (-6, 0)]
      case .tip: [(0, 5.5), (5, -4), (-5, -4)]
      }
    guard let first = corners.first else {
      return .element(
        "circle",
        ["class": style, "cx": Markup.coordinate(place.x), "cy": Markup.coordinate(place.y), "r": "4.5"])
    }
    return .line(
      (corners + [first]).map { Point(x: place.x + $0.0, y: place.y + $0.1) }, class: style)
  }
}
