/// A reader of comma-separated values as RFC 4180 has them and no others.
struct CSVParser {
  /// A violation of the format.
  struct Problem: Error, Equatable {
    let reason: String
    let offset: Int
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0

  /// The records of a text, each a list of fields.
  static func records(_ text: String) throws(Problem) -> [[String]] {
    var parser = CSVParser(scalars: Array(text.unicodeScalars))
    var records: [[String]] = []
    while parser.position < parser.scalars.count { records.append(try parser.record()) }
    return records
  }

  private init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func record() throws(Problem) -> [String] {
    var fields = [try field()]
    while next == "," {
      position += 1
      fields.append(try field())
    }
    guard next == "\r", position + 1 < scalars.count, scalars[position + 1] == "\n" else {
      throw Problem(reason: "a record does not end with CR LF", offset: position)
    }
    position += 2
    return fields
  }

  private mutating func field() throws(Problem) -> String {
    next == "\"" ? try quotedField() : plainField()
  }

  private mutating func plainField() -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, !",\r\n\"".unicodeScalars.contains(scalar) {
      text.append(scalar)
      position += 1
    }
    return String(text)
  }

  private mutating func quotedField() throws(Problem) -> String {
    var text = String.UnicodeScalarView()
    position += 1
    while let scalar = next {
      position += 1
      guard scalar == "\"" else {
        text.append(scalar)
        continue
      }
      guard next == "\"" else { return String(text) }
      text.append(scalar)
      position += 1
    }
    throw Problem(reason: "a quoted field does not end", offset: position)
  }
}
