import Formatting
import Records

/// A picture as a value: shapes in a rectangle of its own units, with words for those who do not see it.
struct Drawing {
  /// The width of every drawing: narrow enough that a telephone shows its texts at a readable size.
  static let width = 480.0

  /// One line: what is drawn.
  let title: String
  /// What can be seen in it, in sentences.
  let description: String
  let height: Double
  let shapes: [Markup]

  /// The drawing in a page, whose style it takes.
  ///
  /// - Parameter name: A name that no other drawing of the page has.
  func element(name: String) -> Markup {
    svg(name: name, isAlone: false)
  }

  /// The drawing as a file of its own.
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
