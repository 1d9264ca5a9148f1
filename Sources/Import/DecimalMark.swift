/// The decimal mark of the numbers in a table: a point, or a comma if that does not separate the fields.
struct DecimalMark {
  private let isCommaAllowed: Bool
  /// Whether a comma before three digits may separate thousands. Where semicolons separate fields, commas are decimal.
  private let mayGroup: Bool
  private var isComma: Bool?
  /// The first number that is decimal or has thousands separators, such as `1,234`.
  private var doubtful: String?

  init(separator: UInt8) {
    isCommaAllowed = separator != UInt8(ascii: ",")
    mayGroup = separator != UInt8(ascii: ";")
  }

  /// A number whose decimal mark cannot be known, or is not that of other numbers.
  var contradiction: String? { isComma == true ? nil : doubtful }

  /// Returns a decimal number; `nil` if the text is none, or has another decimal mark than the numbers before it. Other
  /// numbers that Swift accepts, such as `nan` or `0x10`, are rejected.
  mutating func number(_ text: String) -> Double? {
    let marks = text.utf8.filter { ".,".utf8.contains($0) }
    let isDecimal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || ".,+-eE".utf8.contains(byte)
    }
    guard isDecimal, marks.count < 2 else { return nil }
    guard let mark = marks.first else { return Double(text) }
    let hasComma = mark == UInt8(ascii: ",")
    if hasComma && !isCommaAllowed { return nil }
    if hasComma && mayGroup && Self.mayBeThousands(text) {
      doubtful = doubtful ?? text
    } else if isComma ?? hasComma != hasComma {
      return nil
    } else {
      isComma = hasComma
    }
    return Double(
      hasComma ? text.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ".") : text)
  }

  private static func mayBeThousands(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let areDigits = parts.joined().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return areDigits && (1...3).contains(parts[0].count) && parts[0].first != UInt8(ascii: "0")
      && parts[1].count == 3
  }
}
