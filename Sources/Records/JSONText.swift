/// A value that can be written as JSON without Foundation.
///
/// The model executables write their records this way. Loading Foundation for `JSONEncoder` would lengthen an
/// executable's start-up by a third, and the start-up is part of the measurement. The keys are those of
/// `Codable`; tests compare both outputs.
public protocol JSONTextConvertible {
  /// The value as JSON on one line.
  var jsonText: String { get }
}

/// A JSON object being written, member by member.
struct JSONObject<Key: CodingKey> {
  private var members: [String] = []

  /// Adds a member unless the value is `nil`.
  mutating func set(_ key: Key, _ value: (some JSONTextConvertible)?) {
    guard let value else { return }
    members.append("\(key.stringValue.jsonText):\(value.jsonText)")
  }

  /// The whole object.
  var text: String { "{\(members.joined(separator: ","))}" }
}

extension String: JSONTextConvertible {
  /// The string in quotes, escaped as JSON requires (RFC 8259, section 7).
  public var jsonText: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Int: JSONTextConvertible {
  /// The decimal digits.
  public var jsonText: String { description }
}

extension UInt64: JSONTextConvertible {
  /// The decimal digits.
  public var jsonText: String { description }
}

extension Bool: JSONTextConvertible {
  /// `true` or `false`.
  public var jsonText: String { description }
}

extension ExactInteger: JSONTextConvertible {
  /// The decimal digits in quotes.
  public var jsonText: String { description.jsonText }
}

extension SchemaTag: JSONTextConvertible {
  /// The format in quotes.
  public var jsonText: String { Record.schema.description.jsonText }
}

extension Array: JSONTextConvertible where Element: JSONTextConvertible {
  /// The elements in brackets.
  public var jsonText: String { "[\(map(\.jsonText).joined(separator: ","))]" }
}
