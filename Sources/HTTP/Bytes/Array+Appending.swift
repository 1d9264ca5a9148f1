/// Text that messages consist of.
extension [UInt8] {
  /// Appends a literal.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    // The literal lives as long as the program, and has as many bytes as it says.
    unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes.
  @inline(__always)
  mutating func append(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Appends the decimal digits of a number that is not negative.
  mutating func append(decimal number: Int) {
    var power = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      append(UInt8(truncatingIfNeeded: 0x30 + number / power % 10))
      power /= 10
    }
  }

  /// Appends a line end.
  @inline(__always)
  mutating func appendLineEnd() {
    append(.cr)
    append(.lf)
  }
}
