/// Loads and searches. Every load is checked against the bounds of the span, and any bits are a valid integer.
extension RawSpan {
  /// Returns the byte at an offset.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Returns the 8 bytes from an offset, the first in the lowest bits.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Returns the offset of the first control character other than a tab; `end` if there is none. It looks at 16 bytes
  /// at a time.
  func firstControl(from start: Int, to end: Int) -> Int {
    var offset = start
    while offset &+ 16 <= end {
      let bytes = unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      let isControl = (bytes .< SIMD16<UInt8>(repeating: 0x20)) .| (bytes .== SIMD16<UInt8>(repeating: 0x7F))
      // Both types are 16 bytes without padding, and any bits are valid integers: all ones in each byte that is a hit.
      let hits = unsafe unsafeBitCast(isControl, to: SIMD2<UInt64>.self)
      if hits[0] | hits[1] == 0 {
        offset &+= 16
        continue
      }
      offset &+=
        hits[0] != 0
        ? hits[0].littleEndian.trailingZeroBitCount >> 3 : 8 + hits[1].littleEndian.trailingZeroBitCount >> 3
      if byte(offset) != .tab { return offset }
      offset &+= 1
    }
    while offset < end {
      if byte(offset).isControl { return offset }
      offset &+= 1
    }
    return end
  }

  /// Returns the offset of the first byte that is not in a set; the end of the range if all are.
  @inline(__always)
  func end(of set: ByteSet, in range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound, set.contains(byte(offset)) { offset &+= 1 }
    return offset
  }

  /// Returns the offset of the first byte that no token has; the end of the range if all are of a token.
  ///
  /// It looks at 8 bytes at a time as long as they are letters and hyphens, which most names are.
  @inline(__always)
  func tokenEnd(in range: Range<Int>) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high = 0x80 &* ones
    var offset = range.lowerBound
    while offset &+ 8 <= range.upperBound {
      let bytes = word(offset)
      // No sum of a byte below 0x80 and the number added to it carries into the next byte.
      let letters = (bytes | 0x20 &* ones) & ~high
      let isLetter = (letters &+ (0x80 - 0x61) &* ones) & ~(letters &+ (0x80 - 0x7B) &* ones)
      let isNoHyphen = ((bytes ^ 0x2D &* ones) & ~high) &+ 0x7F &* ones
      let others = (~(isLetter | ~isNoHyphen) | bytes) & high
      if others != 0 {
        offset &+= others.trailingZeroBitCount >> 3
        break
      }
      offset &+= 8
    }
    return end(of: .token, in: offset..<range.upperBound)
  }

  /// Returns a range without the spaces and tabs at its ends.
  @inline(__always)
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, byte(start).isBlank { start &+= 1 }
    while start < end, byte(end &- 1).isBlank { end &-= 1 }
    return start..<end
  }

  /// Returns whether a range without control characters is a word of lower-case letters, digits and hyphens, ignoring
  /// case. Bit 5 distinguishes the cases of a letter; it is set in every other character of such a word, and the
  /// character without it is a control character.
  @inline(__always)
  func matches(_ lowercase: StaticString, in range: Range<Int>) -> Bool {
    let count = range.count
    guard count == lowercase.utf8CodeUnitCount else { return false }
    var index = 0
    // The indices, and words that start at them, are within the literal, which lives as long as the program.
    let literal = unsafe UnsafeRawPointer(lowercase.utf8Start)
    while index &+ 8 <= count {
      let expected = unsafe UInt64(
        littleEndian: literal.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      if word(range.lowerBound &+ index) | 0x2020_2020_2020_2020 != expected { return false }
      index &+= 8
    }
    while index < count {
      let expected = unsafe literal.load(fromByteOffset: index, as: UInt8.self)
      if byte(range.lowerBound &+ index) | 0x20 != expected { return false }
      index &+= 1
    }
    return true
  }

  /// Returns whether a range is a literal.
  @inline(__always)
  func isEqual(_ literal: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == literal.utf8CodeUnitCount else { return false }
    for index in 0..<range.count {
      // The index is less than the length of the literal, which lives as long as the program.
      let expected = unsafe literal.utf8Start[index]
      if byte(range.lowerBound &+ index) != expected { return false }
    }
    return true
  }

  /// Returns whether a range is a name of ASCII characters, ignoring the case of letters.
  func equalsIgnoringCase(_ name: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<range.count {
      // The index is less than the length of the literal, which lives as long as the program.
      let expected = unsafe name.utf8Start[index]
      if byte(range.lowerBound + index).lowercased != expected.lowercased { return false }
    }
    return true
  }

  /// Returns the value of decimal digits; `Int.max` if it is near that or greater; `nil` for an empty range, and for any
  /// other byte.
  func decimal(in range: Range<Int>) -> Int? {
    if range.isEmpty { return nil }
    var value = 0
    for offset in range {
      let digit = byte(offset)
      if !digit.isDigit { return nil }
      // The next value is at most 10 · (Int.max / 10 - 1) + 9, which is less than Int.max.
      value = value < Int.max / 10 ? value &* 10 &+ Int(digit &- 0x30) : Int.max
    }
    return value
  }
}
