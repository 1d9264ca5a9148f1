#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The text that `JSONEncoder` writes, its keys sorted.
func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The value that `JSONDecoder` reads from a text.
func decoded<Value: Decodable>(_ type: Value.Type = Value.self, _ text: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}

/// Any JSON, so that texts can be compared by what they mean, whatever the type that wrote them knows.
enum JSON: Decodable, Equatable {
  case object([String: JSON])
  case array([JSON])
  case string(String)
  case natural(UInt64)
  case number(Double)
  case bool(Bool)
  case null

  init(_ text: String) throws {
    self = try decoded(JSON.self, text)
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: AnyKey.self) {
      let members = try object.allKeys.map { ($0.stringValue, try object.decode(JSON.self, forKey: $0)) }
      self = .object(Dictionary(uniqueKeysWithValues: members))
      return
    }
    let value = try decoder.singleValueContainer()
    if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let natural = try? value.decode(UInt64.self) {
      self = .natural(natural)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else {
      self = .null
    }
  }

  /// The names of an object's members; none of anything else.
  var keys: Set<String> {
    guard case .object(let members) = self else { return [] }
    return Set(members.keys)
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
