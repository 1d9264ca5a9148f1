import Formatting
import FoundationEssentials
import Records

/// Records to and from text.
enum JSON {
  /// Why a text is not the record that was expected; reads on after the name of the text.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads a record.
  ///
  /// - Throws: `Problem`.
  static func decode<Record: Decodable>(_ type: Record.Type, from text: String) throws(Problem) -> Record {
    if text.allSatisfy(\.isWhitespace) { throw Problem(description: "is empty") }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch let error as RecordError {
      throw Problem(description: Readable.line(error.description))
    } catch let error as DecodingError {
      throw Problem(description: reason(of: error))
    } catch {
      throw Problem(description: "cannot be read as JSON")
    }
  }

  /// Writes a record on one line, its members by name.
  ///
  /// - Throws: `EncodingError`, for a number that JSON cannot hold.
  static func encode(_ record: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }

  private static func reason(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "lacks '\(key.stringValue)'\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "has something else than expected\(place(context))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      "is truncated or not JSON"
    case .dataCorrupted(let context):
      "has something else than expected\(place(context)): \(Readable.line(context.debugDescription))"
    @unknown default:
      "cannot be read"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    if context.codingPath.isEmpty { return "" }
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return " at '\(Readable.line(path.joined(separator: "."), limit: 100))'"
  }
}

extension VersionedRecord where Self: Encodable {
  /// The record as one line of JSON.
  ///
  /// - Throws: `EncodingError`, for a number that JSON cannot hold.
  public func text() throws -> String {
    try JSON.encode(self) + "\n"
  }
}
