import Records

/// A piece of XML, which is also HTML. Names come from this program, values and texts are escaped, and what is opened is
/// closed: a piece is always well-formed, whatever the texts are.
struct Markup {
  /// Attributes by name; a `nil` is left out.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  /// The piece as it is written.
  let text: String

  private init(raw: String) {
    text = raw
  }

  /// A text, in which nothing is markup.
  static func text(_ text: String) -> Markup {
    Markup(raw: escaped(text))
  }

  /// An element with nothing in it.
  static func element(_ name: StaticString, _ attributes: Attributes = [:]) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))/>")
  }

  /// An element that holds a text.
  static func element(_ name: StaticString, _ attributes: Attributes = [:], _ text: String) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))>\(escaped(text))</\(name)>")
  }

  /// An element that holds others, a line each where they are several.
  static func element(_ name: StaticString, _ attributes: Attributes = [:], _ content: [Markup]) -> Markup {
    let inner = content.map(\.text).joined(separator: "\n")
    let space = content.count > 1 ? "\n" : ""
    return Markup(raw: "<\(name)\(written(attributes))>\(space)\(inner)\(space)</\(name)>")
  }

  /// An element whose content is code of this program, such as a style; it must not hold `<` or `&`.
  static func element(_ name: StaticString, _ attributes: Attributes = [:], code: StaticString) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))>\(code)</\(name)>")
  }

  /// What holds a record in a page, and can be read back from it; JSON in which `<` and `&` have been escaped.
  static func embedded(_ element: EmbeddedRecord) -> Markup {
    Markup(raw: element.text)
  }

  private static func written(_ attributes: Attributes) -> String {
    attributes.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
  }

  /// Goes by scalars: `<` and a mark that combines with it are one character. What XML does not allow at all becomes a
  /// visible mark.
  private static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{0}"..<"\t", "\u{B}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}"..."\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
