import Formatting
import Records

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Conversion of records to and from JSON text.
public enum JSON {
  /// The reason a text is not the expected record, as a predicate of the text's name.
  public struct ReadError: Error, CustomStringConvertible {
    /// The reason, such as `is truncated or not JSON`.
    public let description: String
  }

  /// Reads a record. Errors that its initializer throws must describe themselves as a predicate of the text's name.
  ///
  /// - Throws: `ReadError`.
  public static func decode<Record: Decodable>(_ type: Record.Type, from text: String) throws(ReadError)
    -> Record
  {
    if text.allSatisfy(\.isWhitespace) { throw ReadError(description: "is empty") }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw ReadError(description: reason(of: error, in: text))
    } catch {
      throw ReadError(description: Readable.line("\(error)", limit: 1000))
    }
  }

  /// Returns a record as one line, with members sorted by name.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot represent.
  public static func encode(_ record: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }

  private static func reason(of error: DecodingError, in text: String) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "lacks '\(key.stringValue)'\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "has an unexpected value\(place(context))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      syntaxProblem(of: text)
    case .dataCorrupted(let context):
      "has an unexpected value\(place(context)): \(Readable.line(context.debugDescription))"
    @unknown default:
      "is unreadable"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    if context.codingPath.isEmpty { return "" }
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return " at '\(Readable.line(path.joined(separator: "."), limit: 100))'"
  }
}

extension VersionedRecord where Self: Encodable {
  /// Returns the record as one line of JSON.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot represent.
  public func text() throws -> String {
    try JSON.encode(self) + "\n"
  }
}
