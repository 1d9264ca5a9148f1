/// The options of all Connection headers of a message (RFC 9110, section 7.6.1).
struct ConnectionOptions: Sendable {
  /// Whether the connection ends after this message. It overrides `keep-alive`.
  private(set) var close = false
  /// Whether an HTTP/1.0 connection goes on after this message.
  private(set) var keepAlive = false

  /// Adds the options of one header, a list of tokens. Returns `false` if it is not one.
  mutating func add(_ value: Range<Int>, in bytes: RawSpan) -> Bool {
    if bytes.matches("keep-alive", in: value) {
      keepAlive = true
      return true
    }
    var start = value.lowerBound
    while start < value.upperBound {
      var end = start
      while end < value.upperBound, bytes.byte(end) != UInt8(ascii: ",") { end &+= 1 }
      let option = bytes.trimmed(start..<end)
      guard bytes.end(of: .token, in: option) == option.upperBound else { return false }
      if bytes.matches("close", in: option) { close = true }
      if bytes.matches("keep-alive", in: option) { keepAlive = true }
      start = end &+ 1
    }
    return true
  }

  /// Returns whether the connection may be used again after a message of this version (RFC 9112, section 9.3).
  func persists(in version: HTTPVersion) -> Bool {
    !close && (version == .http11 || keepAlive)
  }
}
