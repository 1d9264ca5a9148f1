/// Escapes such as `%20` (RFC 3986, section 2.1).
public enum PercentEncoding {
  /// Returns text whose escapes are replaced by the bytes that they stand for; `nil` if an escape is incomplete or the
  /// result is not UTF-8. A `+` remains as it is.
  ///
  /// Split a path or query first, because an escaped separator is not one.
  public static func decoded(_ bytes: RawSpan) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.byteCount)
    var offset = 0
    while offset < bytes.byteCount {
      let byte = bytes.byte(offset)
      if byte == UInt8(ascii: "%") {
        guard offset + 2 < bytes.byteCount, let high = bytes.byte(offset + 1).hexadecimalValue,
          let low = bytes.byte(offset + 2).hexadecimalValue
        else { return nil }
        result.append(high << 4 | low)
        offset += 3
      } else {
        result.append(byte)
        offset += 1
      }
    }
    return String(validating: result, as: UTF8.self)
  }
}

extension RawSpan {
  /// Returns the offset of the first byte that is neither in a set nor part of an escape: a `%` with two hexadecimal
  /// digits. It is the end of the range if there is none.
  @inline(__always)
  func escapedEnd(of set: ByteSet, in range: Range<Int>) -> Int {
    var offset = end(of: set, in: range)
    while offset < range.upperBound, isEscape(at: offset, before: range.upperBound) {
      offset = end(of: set, in: offset &+ 3..<range.upperBound)
    }
    return offset
  }

  /// Returns whether an escape starts at an offset and ends before another.
  func isEscape(at offset: Int, before end: Int) -> Bool {
    byte(offset) == UInt8(ascii: "%") && offset + 2 < end && byte(offset + 1).hexadecimalValue != nil
      && byte(offset + 2).hexadecimalValue != nil
  }
}
