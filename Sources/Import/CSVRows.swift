/// The rows of comma-separated values (RFC 4180), read one by one. Lines end with LF, CRLF or CR; fields may
/// be quoted. A byte-order mark and blank lines are skipped.
struct CSVRows {
  /// The error for a quote that is never closed.
  struct OpenQuote: Error {
    /// The line of the opening quote, from 1.
    let line: Int
  }

  /// The line number of the last row, from 1.
  private(set) var line = 0
  private let bytes: [UInt8]
  private var place = 0
  private var nextLine = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// Returns the fields of the next row, without quotes and surrounding spaces; `nil` after the last row.
  ///
  /// - Throws: `OpenQuote`.
  mutating func next() throws(OpenQuote) -> [String]? {
    while place < bytes.count {
      line = nextLine
      var fields: [String] = []
      repeat { fields.append(try field()) } while take(UInt8(ascii: ","))
      endLine()
      if fields.count > 1 || fields[0] != "" { return fields }
    }
    return nil
  }

  private mutating func field() throws(OpenQuote) -> String {
    while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
    if take(UInt8(ascii: "\"")) { return try quotedField() }
    let start = place
    while place < bytes.count, !Self.endsField(bytes[place]) { place += 1 }
    return Self.trimmed(bytes[start..<place])
  }

  private mutating func quotedField() throws(OpenQuote) -> String {
    let opening = nextLine
    var content: [UInt8] = []
    while true {
      guard place < bytes.count else { throw OpenQuote(line: opening) }
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\n") { nextLine += 1 }
      if byte != UInt8(ascii: "\"") {
        content.append(byte)
      } else if take(UInt8(ascii: "\"")) {
        content.append(byte)
      } else {
        break
      }
    }
    // Text between the closing quote and the next comma belongs to the field; its reader may reject it.
    while place < bytes.count, !Self.endsField(bytes[place]) {
      content.append(bytes[place])
      place += 1
    }
    return Self.trimmed(content[...])
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func endLine() {
    let isReturn = take(UInt8(ascii: "\r"))
    if take(UInt8(ascii: "\n")) || isReturn { nextLine += 1 }
  }

  private static func endsField(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var rest = bytes
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}
