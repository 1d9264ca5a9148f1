/// The reason that a text is not delimiter-separated values.
public enum CSVError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A quote is never closed. The line is that of the opening quote, from 1.
  case openQuote(line: Int)
  /// A row has more than `CSVRows.mostFields` fields.
  case tooManyFields(line: Int)
  /// A field is longer than `CSVRows.longestField`.
  case longField(line: Int)
  /// A row is longer than `CSVRows.longestRow`.
  case longRow(line: Int)

  /// One line with the line number, the error and the remedy.
  public var description: String {
    switch self {
    case .openQuote(let line): "line \(line): unclosed quote (add a closing '\"')"
    case .tooManyFields(let line):
      "line \(line): more than \(CSVRows.mostFields) columns (keep those that are needed)"
    case .longField(let line):
      "line \(line): a field of more than \(CSVRows.longestField) bytes (shorten it, or close its quote)"
    case .longRow(let line):
      "line \(line): more than \(CSVRows.longestRow) bytes (expected one line per trial)"
    }
  }
}

/// The rows of delimiter-separated values (RFC 4180), read one by one. Lines end with LF, CRLF or CR; fields may
/// be quoted. A byte-order mark and blank lines are skipped. The memory for a row is bounded, whatever the text.
struct CSVRows {
  static let mostFields = 1000
  /// In bytes, as are all lengths.
  static let longestField = 1 << 15
  static let longestRow = 1 << 20

  /// The line number of the last row, from 1.
  private(set) var line = 0
  /// The separator of fields, an ASCII character.
  var separator = UInt8(ascii: ",")
  /// Whether the text names its separator in a first line such as `sep=;`, as spreadsheets read and write it.
  let namesSeparator: Bool
  private let bytes: [UInt8]
  private var place = 0
  private var rowStart = 0
  private var nextLine = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    let first = bytes[place...].prefix(8).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let words = first.filter { $0 != UInt8(ascii: "\"") }
    namesSeparator =
      words.count == 5 && String(decoding: words.prefix(4), as: UTF8.self).lowercased() == "sep="
    if namesSeparator, let last = words.last {
      separator = last
      place += first.count
      endLine()
    }
  }

  /// Returns the fields of the next row, without quotes and surrounding spaces; `nil` after the last row.
  ///
  /// - Throws: `CSVError`.
  mutating func next() throws(CSVError) -> [String]? {
    while place < bytes.count {
      line = nextLine
      rowStart = place
      var fields: [String] = []
      repeat {
        if fields.count == Self.mostFields { throw .tooManyFields(line: line) }
        fields.append(try field())
        if place - rowStart > Self.longestRow { throw .longRow(line: line) }
      } while take(separator)
      endLine()
      if fields.count > 1 || fields[0] != "" { return fields }
    }
    return nil
  }

  private mutating func field() throws(CSVError) -> String {
    while place < bytes.count, isSpace(bytes[place]) { place += 1 }
    if take(UInt8(ascii: "\"")) { return try quotedField() }
    let start = place
    while place < bytes.count, !endsField(bytes[place]) { place += 1 }
    if place - start > Self.longestField { throw .longField(line: line) }
    return trimmed(bytes[start..<place])
  }

  private mutating func quotedField() throws(CSVError) -> String {
    let opening = nextLine
    var content: [UInt8] = []
    while true {
      guard place < bytes.count else { throw .openQuote(line: opening) }
      if content.count > Self.longestField { throw .longField(line: opening) }
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
    // Text between the closing quote and the next separator belongs to the field; its reader may reject it.
    while place < bytes.count, !endsField(bytes[place]) {
      if content.count > Self.longestField { throw .longField(line: opening) }
      content.append(bytes[place])
      place += 1
    }
    return trimmed(content[...])
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

  private func endsField(_ byte: UInt8) -> Bool {
    byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && byte != separator
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var rest = bytes
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}
