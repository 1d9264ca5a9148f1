/// The places of a host and a port in `host` or `host:port` (RFC 3986, section 3.2, without user information).
struct Authority: Equatable {
  /// The part that is malformed.
  enum Problem: Error {
    case host, port
  }

  /// The host, with the brackets of an IPv6 address. It may be empty.
  let host: Range<Int>
  /// The port; `nil` if there is none or it is empty.
  let port: UInt16?

  /// Reads an authority.
  init(_ range: Range<Int>, in bytes: RawSpan) throws(Problem) {
    var end = range.lowerBound
    if !range.isEmpty, bytes.byte(end) == UInt8(ascii: "[") {
      while end < range.upperBound, bytes.byte(end) != UInt8(ascii: "]") { end += 1 }
      guard end < range.upperBound, InternetAddress.isIPv6(range.lowerBound + 1..<end, in: bytes) else {
        throw .host
      }
      end += 1
    } else {
      end = bytes.escapedEnd(of: .registeredName, in: range)
    }
    host = range.lowerBound..<end
    if end == range.upperBound {
      port = nil
      return
    }
    guard bytes.byte(end) == UInt8(ascii: ":") else { throw .host }
    let digits = end + 1..<range.upperBound
    if digits.isEmpty {
      port = nil
      return
    }
    guard let value = bytes.decimal(in: digits), let port = UInt16(exactly: value) else { throw .port }
    self.port = port
  }
}
