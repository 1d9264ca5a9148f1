/// Comparisons that routes need, without a string per request.
extension RawSpan {
  /// Returns whether the bytes are those of a literal.
  public func isEqual(to text: StaticString) -> Bool {
    byteCount == text.utf8CodeUnitCount && starts(with: text)
  }

  /// Returns whether the bytes start with those of a literal.
  public func starts(with text: StaticString) -> Bool {
    guard byteCount >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      // The index is less than the length of the literal, which lives as long as the program.
      let expected = unsafe text.utf8Start[index]
      if byte(index) != expected { return false }
    }
    return true
  }

  /// Returns the value of one or more decimal digits; `nil` for anything else, and above `UInt64.max`.
  public func wholeNumber() -> UInt64? {
    if isEmpty { return nil }
    var value: UInt64 = 0
    for offset in 0..<byteCount {
      let digit = byte(offset)
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(UInt64(digit &- 0x30))
      if !digit.isDigit || isTooLarge || carries { return nil }
      value = sum
    }
    return value
  }

  /// Returns the bytes as text; those that are not UTF-8 become U+FFFD.
  public func text() -> String {
    withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Returns some of the bytes as text; those that are not UTF-8 become U+FFFD.
  public func text(in range: Range<Int>) -> String {
    extracting(range).text()
  }
}
