import Formatting
import Records

/// A chart of a quantity over time, with a line per series.
struct TimeChart {
  /// A quantity over time.
  struct Series {
    /// The name at the end of the line; empty for a single one.
    let name: String
    let points: [Point]
    /// Whether the quantity keeps its value until the next point, as a number of instances does.
    var isStepped = false
  }

  /// An event at a time, marked below the lines.
  struct Mark {
    let time: Double
    let marker: Marker
    /// The number of its colour.
    let style: Int
  }

  /// The most points of a line: a pixel or two each.
  static let mostPoints = 360
  private static let plotHeight = 200.0

  let title: String
  let subtitle: String
  /// The title of the horizontal axis, such as `hours`.
  let timeUnit: String
  let series: [Series]
  /// A limit as a dashed line, with its name; `nil` without one.
  var limit: (value: Double, name: String)?
  var marks: [Mark] = []
  /// The meaning of the marks, below the chart.
  var legend: [(marker: Marker, style: Int, text: String)] = []
  /// A quantity of the horizontal axis as text.
  var timeText: (Double) -> String = Readable.plain

  private var heading: Heading { Heading(title, subtitle) }
  private var top: Double { heading.bottom }
  private var bottom: Double { top + Self.plotHeight }

  /// Returns points, or of more than a line has room for, the greatest of a few in a row, so that no spike is lost.
  static func thinned(_ points: [Point?]) -> [Point] {
    let width = max(1, (points.count + mostPoints - 1) / mostPoints)
    return stride(from: 0, to: points.count, by: width).compactMap { start in
      points[start..<min(start + width, points.count)].compactMap(\.self).max { $0.y < $1.y }
    }
  }

  /// The chart as a drawing; `nil` if no series has a point.
  var drawing: Drawing? {
    let points = series.flatMap(\.points)
    if points.isEmpty { return nil }
    let most = max(1e-9, points.map(\.y).max() ?? 1, limit?.value ?? 0)
    let names = series.map(\.name) + (limit.map { [$0.name] } ?? [])
    let nameWidth = min(110, names.map { TextWidth.of($0) }.max() ?? 0)
    let vertical = Axis(from: 0, to: most * 1.02, start: bottom, end: top)
    let horizontal = Axis(
      from: 0, to: (points.map(\.x) + marks.map(\.time)).max() ?? 1, start: 50,
      end: Drawing.width - nameWidth - 24)
    let shapes =
      heading.shapes
      + plotFrame(horizontal, timeUnit, ticks: 6, text: timeText, vertical, ticks: 5)
      + limitLine(horizontal, vertical) + curves(horizontal, vertical)
      + nameLabels(horizontal, vertical, width: nameWidth) + markShapes(horizontal)
    return Drawing(
      title: title, description: description, height: bottom + (legend.isEmpty ? 44 : 66), shapes: shapes
    )
  }

  private func limitLine(_ horizontal: Axis, _ vertical: Axis) -> [Markup] {
    guard let limit else { return [] }
    let y = vertical.place(limit.value)
    return [.line(Point(x: horizontal.start, y: y), Point(x: horizontal.end, y: y), class: "ideal")]
  }

  private func curves(_ horizontal: Axis, _ vertical: Axis) -> [Markup] {
    series.enumerated().filter { !$0.element.points.isEmpty }.map { index, line in
      let places = line.points.map { Point(x: horizontal.place($0.x), y: vertical.place($0.y)) }
      let steps = zip(places, places.dropFirst()).flatMap { [Point(x: $1.x, y: $0.y), $1] }
      return .line(line.isStepped ? places.prefix(1) + steps : places, class: "stroke \(style(index))")
    }
  }

  /// Returns the names at the ends of their lines, moved apart if they would overlap.
  private func nameLabels(_ horizontal: Axis, _ vertical: Axis, width: Double) -> [Markup] {
    var ends = series.enumerated().map { index, line in
      (
        name: line.name, style: "stroke \(style(index))",
        y: line.points.last.map { vertical.place($0.y) } ?? bottom
      )
    }
    if let limit { ends.append((limit.name, "ideal", vertical.place(limit.value))) }
    // Names are moved apart in the order of their heights, so that none changes sides with another.
    ends = ends.enumerated().sorted { ($0.element.y, $0.offset) < ($1.element.y, $1.offset) }.map(\.element)
    let heights = spread(ends.map(\.y), apart: 16, in: top...bottom)
    return zip(ends, heights).flatMap { end, y -> [Markup] in
      if end.name.isEmpty { return [] }
      return [
        .line(Point(x: horizontal.end + 2, y: y), Point(x: horizontal.end + 14, y: y), class: end.style),
        .label(TextWidth.fit(end.name, into: width), at: Point(x: horizontal.end + 18, y: y + 4)),
      ]
    }
  }

  private func markShapes(_ horizontal: Axis) -> [Markup] {
    // Marks of a kind have a height of their own, so that one does not hide another of the same time.
    let shapes = marks.map { mark in
      let level = legend.firstIndex { $0.marker == mark.marker } ?? 0
      return mark.marker.markup(
        at: Point(x: horizontal.place(mark.time), y: bottom - 6 - 13 * Double(level)),
        class: "fill \(style(mark.style))")
    }
    var x = horizontal.start + 6
    let y = bottom + 56
    return shapes
      + legend.flatMap { entry -> [Markup] in
        defer { x += TextWidth.of(entry.text, size: Drawing.small) + 32 }
        return [
          entry.marker.markup(at: Point(x: x, y: y), class: "fill \(style(entry.style))"),
          .label(entry.text, at: Point(x: x + 10, y: y + 4), class: "quiet small"),
        ]
      }
  }

  private var description: String {
    let ends = series.map { line in
      let values = line.points.map(\.y)
      return
        "\(line.name.isEmpty ? title : line.name): from \(Readable.grouped(values.min() ?? 0)) to \(Readable.grouped(values.max() ?? 0))."
    }
    return ([subtitle + " by \(Self.singular(timeUnit))."] + ends).joined(separator: " ")
  }

  private static func singular(_ unit: String) -> String {
    unit.hasSuffix("s") ? String(unit.dropLast()) : unit
  }
}
