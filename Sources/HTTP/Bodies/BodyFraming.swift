/// The headers that determine the length of a body, collected while a head is read (RFC 9112, section 6).
struct BodyFraming: Sendable {
  /// The length that a complete head states.
  enum Length: Equatable {
    /// Neither header is there: a request has no body, a response's body ends with the connection.
    case unstated
    /// Content-Length; `Int.max` for any greater number.
    case bytes(Int)
    /// The body is chunked.
    case chunked
  }

  private var length = Length.unstated

  /// Adds the value of a Content-Length header.
  mutating func addContentLength(_ value: Range<Int>, in bytes: RawSpan) throws(FramingError) {
    switch length {
    case .unstated: break
    case .bytes: throw .repeatedContentLength
    case .chunked: throw .lengthAndTransferEncoding
    }
    guard let count = bytes.decimal(in: value), value.count == 1 || bytes.byte(value.lowerBound) != 0x30
    else { throw .invalidContentLength }
    length = .bytes(count)
  }

  /// Adds the value of a Transfer-Encoding header to a message of this version.
  mutating func addTransferEncoding(
    _ value: Range<Int>, in bytes: RawSpan, version: HTTPVersion
  ) throws(FramingError) {
    switch length {
    case .unstated: break
    case .bytes: throw .lengthAndTransferEncoding
    case .chunked: throw .repeatedTransferEncoding
    }
    if version == .http10 { throw .transferEncodingInHTTP10 }
    guard bytes.matches("chunked", in: value) else { throw Self.error(value, in: bytes) }
    length = .chunked
  }

  /// Returns the length of the body.
  var body: Length { length }

  /// Returns the reason that a value other than `chunked` is no supported Transfer-Encoding.
  private static func error(_ value: Range<Int>, in bytes: RawSpan) -> FramingError {
    var codings: [Range<Int>] = []
    var start = value.lowerBound
    while start <= value.upperBound {
      var end = start
      while end < value.upperBound, bytes.byte(end) != UInt8(ascii: ",") { end += 1 }
      codings.append(bytes.trimmed(start..<end))
      start = end + 1
    }
    let areTokens = codings.allSatisfy {
      !$0.isEmpty && bytes.end(of: .token, in: $0) == $0.upperBound
    }
    let firstChunked = codings.firstIndex { bytes.matches("chunked", in: $0) }
    return areTokens && firstChunked == codings.count - 1
      ? .unsupportedTransferCoding : .invalidTransferEncoding
  }
}
