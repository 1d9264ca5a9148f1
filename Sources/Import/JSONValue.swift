#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A value of a JSON text.
enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  /// A number, which may be infinite or NaN.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// The number, also if it is written as text, as hyperfine writes parameters.
  var number: Double? {
    switch self {
    case .number(let value): return value
    case .string(let text):
      var mark = DecimalMark(separator: UInt8(ascii: ","))
      return mark.number(text)
    default: return nil
    }
  }

  /// The names of the members of an object, sorted; empty for any other value.
  var keys: [String] {
    if case .object(let members) = self { members.keys.sorted() } else { [] }
  }

  /// The member of an object; `nil` if there is none, if it is `null`, or if this is no object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let member = members[key], member != .null else { return nil }
    return member
  }

  /// The value in a message.
  var summary: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let value): Int(exactly: value).map(String.init) ?? "\(value)"
    case .string(let text): text
    case .array(let values): values.isEmpty ? "[]" : "[…]"
    case .object(let members): members.isEmpty ? "{}" : "{…}"
    }
  }
}

extension JSONValue: Decodable {
  /// Reads a text with one value. `NaN` and `Infinity`, which Google Benchmark writes, are numbers.
  ///
  /// - Throws: `JSONFormatError`.
  static func read(_ text: String) throws(JSONFormatError) -> JSONValue {
    let decoder = JSONDecoder()
    // JSON5 is JSON with these numbers, among others.
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(JSONValue.self, from: Data(text.utf8))
    } catch {
      throw .invalid
    }
  }

  /// Decodes any value.
  ///
  /// - Throws: `DecodingError`, for example for a number that a double cannot hold.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let isTrue = try? container.decode(Bool.self) {
      self = .boolean(isTrue)
    } else if let values = try? container.decode([JSONValue].self) {
      self = .array(values)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}
