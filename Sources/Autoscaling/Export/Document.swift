/// A structured text to be written as YAML or JSON. Members keep their order.
indirect enum Document {
  case object([(name: String, value: Document?)])
  case array([Document])
  case string(String)
  case number(Double)
  case flag(Bool)

  /// A whole number.
  static func count(_ value: Int) -> Document { .number(Double(value)) }

  /// A number in quotes, as Kubernetes and KEDA take quantities.
  static func quantity(_ value: Double) -> Document { .string(exact(value)) }

  /// The document as indented JSON.
  var json: String { json("") + "\n" }

  /// The document as YAML.
  var yaml: String { yaml("") }

  private func json(_ indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .object(let members):
      let lines = members.compactMap { member in
        member.value.map { "\(inner)\(Self.quoted(member.name)): \($0.json(inner))" }
      }
      return lines.isEmpty ? "{}" : "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    case .array(let elements):
      let lines = elements.map { inner + $0.json(inner) }
      return lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    case .string(let text): return Self.quoted(text)
    case .number(let value): return Self.exact(value)
    case .flag(let value): return value ? "true" : "false"
    }
  }

  private func yaml(_ indent: String) -> String {
    switch self {
    case .object(let members):
      return members.compactMap { member in
        member.value.map { value in
          switch value {
          case .object: "\(indent)\(member.name):\n\(value.yaml(indent + "  "))"
          case .array: "\(indent)\(member.name):\n\(value.yaml(indent))"
          default: "\(indent)\(member.name): \(value.yaml(indent))\n"
          }
        }
      }.joined()
    case .array(let elements):
      return elements.map { element in
        let lines = element.yaml(indent + "  ")
        return "\(indent)- " + lines.dropFirst(indent.count + 2)
      }.joined()
    case .string(let text):
      let isPlain =
        text.first?.isLetter == true
        && text.utf8.allSatisfy { $0 != 0x3A && $0 != 0x23 && $0 > 0x20 && $0 < 0x7B }
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
      return isPlain ? text : Self.quoted(text)
    case .number(let value): return Self.exact(value)
    case .flag(let value): return value ? "true" : "false"
    }
  }

  /// Returns all digits of a number, without a fraction if it is whole.
  private static func exact(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

  /// Returns a string in quotes, as JSON and YAML read it.
  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\u{0}"..<" ", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}":
        "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
