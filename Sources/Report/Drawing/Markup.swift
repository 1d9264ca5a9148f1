import Records

/// A fragment of XML that is also HTML. Names are constants, values and texts are escaped, and every element is closed,
/// so a fragment is always well-formed.
struct Markup {
  /// Attributes by name; those that are `nil` are omitted.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  /// The text of the fragment.
  let text: String

  private init(raw: String) {
    text = raw
  }

  /// Returns an escaped text.
  static func text(_ text: String) -> Markup {
    Markup(raw: escaped(text))
  }

  /// Returns an empty element.
  static func element(_ name: StaticString, _ attributes: Attributes = [:]) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))/>")
  }

  /// Returns an element with a text.
  static func element(_ name: StaticString, _ attributes: Attributes = [:], _ text: String) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))>\(escaped(text))</\(name)>")
  }

  /// Returns an element with other elements in it, one per line if there are several.
  static func element(_ name: StaticString, _ attributes: Attributes = [:], _ content: [Markup]) -> Markup {
    let inner = content.map(\.text).joined(separator: "\n")
    let space = content.count > 1 ? "\n" : ""
    return Markup(raw: "<\(name)\(written(attributes))>\(space)\(inner)\(space)</\(name)>")
  }

  /// Returns an element with constant code in it, such as a style, which must not contain `<` or `&`.
  static func element(_ name: StaticString, _ attributes: Attributes = [:], code: StaticString) -> Markup {
    Markup(raw: "<\(name)\(written(attributes))>\(code)</\(name)>")
  }

  /// Returns a record embedded in a page, from which it can be read back: JSON with `<` and `&` escaped.
  static func embedded(_ element: EmbeddedRecord) -> Markup {
    Markup(raw: element.text)
  }

  private static func written(_ attributes: Attributes) -> String {
    attributes.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
  }

  /// Escapes a text by scalars, because `<` and a combining mark form one character. Scalars that XML does not allow
  /// become a visible mark.
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
