/// A record embedded in an HTML page, as text that a browser does not run and that can be read back exactly.
public struct EmbeddedRecord: Equatable, Sendable {
  private static let opening = "<script type=\"application/json\" class=\"scaleup-run\">"
  private static let closing = "</script>"

  /// The element that holds the record.
  public let text: String

  /// Embeds a record.
  ///
  /// - Parameter json: The JSON of the record. Characters that are special in HTML or invalid in XML occur
  ///   only in its strings, and are escaped there as JSON allows (RFC 8259, section 7).
  public init(json: String) {
    var bytes = Array(Self.opening.utf8)
    bytes.reserveCapacity(json.utf8.count + 100)
    for byte in json.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes += "\\u003c".utf8
      case UInt8(ascii: ">"): bytes += "\\u003e".utf8
      case UInt8(ascii: "&"): bytes += "\\u0026".utf8
      // U+FFFE and U+FFFF are not characters; in UTF-8 they are EF BF BE and EF BF BF.
      case 0xBE...0xBF where bytes.suffix(2) == [0xEF, 0xBF]:
        bytes.removeLast(2)
        bytes += (byte == 0xBE ? "\\ufffe" : "\\uffff").utf8
      default: bytes.append(byte)
      }
    }
    text = String(decoding: bytes + Array(Self.closing.utf8), as: UTF8.self)
  }

  /// Returns the JSON of the records in a page; `nil` if the text is not a page (it may be a record itself).
  public static func records(in page: String) -> [String]? {
    guard page.utf8.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "<") else { return nil }
    var records: [String] = []
    var rest = page.utf8[...]
    while let start = rest.firstRange(of: opening.utf8)?.upperBound {
      guard let end = rest[start...].firstRange(of: closing.utf8)?.lowerBound else { break }
      records.append(String(page[start..<end]))
      rest = rest[end...]
    }
    return records
  }
}
