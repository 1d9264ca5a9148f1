/// The grammar of addresses in URLs (RFC 3986, section 3.2.2).
enum InternetAddress {
  /// Returns whether a range is four numbers from 0 to 255 without leading zeros, such as `127.0.0.1`.
  static func isIPv4(_ range: Range<Int>, in bytes: RawSpan) -> Bool {
    var (numbers, start) = (0, range.lowerBound)
    while start <= range.upperBound {
      var end = start
      while end < range.upperBound, bytes.byte(end) != UInt8(ascii: ".") { end += 1 }
      guard 1...3 ~= end - start, let value = bytes.decimal(in: start..<end), value <= 255,
        end - start == 1 || bytes.byte(start) != 0x30
      else { return false }
      numbers += 1
      start = end + 1
    }
    return numbers == 4
  }

  /// Returns whether a range is an IPv6 address without brackets and zone, such as `::1`.
  static func isIPv6(_ range: Range<Int>, in bytes: RawSpan) -> Bool {
    let colon = UInt8(ascii: ":")
    let end = range.upperBound
    var (groups, hasGap, start) = (0, false, range.lowerBound)
    if range.count >= 2, bytes.byte(start) == colon {
      guard bytes.byte(start + 1) == colon else { return false }
      (hasGap, start) = (true, start + 2)
    }
    var expectsGroup = !hasGap
    while start < end {
      var groupEnd = start
      while groupEnd < min(end, start + 4), bytes.byte(groupEnd).hexadecimalValue != nil { groupEnd += 1 }
      if groupEnd == start { return false }
      if groupEnd < end, bytes.byte(groupEnd) == UInt8(ascii: ".") {
        guard isIPv4(start..<end, in: bytes) else { return false }
        (groups, start, expectsGroup) = (groups + 2, end, false)
        break
      }
      (groups, start, expectsGroup) = (groups + 1, groupEnd, false)
      if start == end { break }
      guard bytes.byte(start) == colon else { return false }
      (start, expectsGroup) = (start + 1, true)
      if start < end, bytes.byte(start) == colon {
        guard !hasGap else { return false }
        (hasGap, start, expectsGroup) = (true, start + 1, false)
      }
    }
    return !expectsGroup && (hasGap ? groups <= 7 : groups == 8)
  }
}
