import Formatting
import Records

/// A picture as a value: shapes in a rectangle of its own units, with a description for screen readers.
struct Drawing {
  /// The width of every drawing. On a phone of 390 pixels, a unit has nearly one pixel, so that the small text is readable.
  static let width = 400.0
  /// The size of small text.
  static let small = 12.0

  /// The title, on one line.
  let title: String
  /// The content of the picture in sentences.
  let description: String
  let height: Double
  let shapes: [Markup]

  /// Returns the drawing as an element of a page, with the page's style.
  ///
  /// - Parameter name: A name that is unique in the page.
  func element(name: String) -> Markup {
    svg(name: name, isAlone: false)
  }

  /// The drawing as an SVG file.
  var file: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(name: "drawing", isAlone: true).text + "\n"
  }

  private func svg(name: String, isAlone: Bool) -> Markup {
    let size = [Self.width, height].map(Markup.coordinate)
    let words: [Markup] = [
      .element("title", ["id": "\(name)-title"], Readable.line(title)),
      .element("desc", ["id": "\(name)-description"], Readable.line(description, limit: 2000)),
    ]
    let ground: [Markup] = [
      .element("style", code: DrawingStyle.text),
      .rectangle(Point(x: 0, y: 0), Point(x: Self.width, y: height), class: "paper"),
    ]
    return .element(
      "svg",
      [
        "xmlns": isAlone ? "http://www.w3.org/2000/svg" : nil,
        "viewBox": "0 0 \(size[0]) \(size[1])", "width": isAlone ? size[0] : nil,
        "height": isAlone ? size[1] : nil,
        "role": "img", "aria-labelledby": "\(name)-title \(name)-description",
      ], words + (isAlone ? ground : []) + shapes)
  }
}
