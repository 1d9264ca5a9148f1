/// Headers that do not state one length for the body (RFC 9112, section 6). Two recipients could find different ends
/// of such a message, and so be made to see different requests ("request smuggling", section 11.2).
public enum FramingError: Error, Equatable, Sendable {
  /// Both Content-Length and Transfer-Encoding are given.
  case lengthAndTransferEncoding
  /// Content-Length is given more than once, equal or not.
  case repeatedContentLength
  /// Content-Length is anything but decimal digits without leading zeros, such as `+5`, `5, 5`, `0x5` or `05`.
  case invalidContentLength
  /// Transfer-Encoding is given more than once.
  case repeatedTransferEncoding
  /// Transfer-Encoding is not a list of codings whose last, and only whose last, is `chunked`.
  case invalidTransferEncoding
  /// The body has a transfer coding in addition to `chunked`, such as `gzip`.
  case unsupportedTransferCoding
  /// An HTTP/1.0 message has Transfer-Encoding, which that version lacks.
  case transferEncodingInHTTP10
}

extension FramingError: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .lengthAndTransferEncoding: "both Content-Length and Transfer-Encoding"
    case .repeatedContentLength: "more than one Content-Length"
    case .invalidContentLength: "invalid Content-Length (expected decimal digits)"
    case .repeatedTransferEncoding: "more than one Transfer-Encoding"
    case .invalidTransferEncoding: "invalid Transfer-Encoding (expected chunked)"
    case .unsupportedTransferCoding: "unsupported transfer coding (expected only chunked)"
    case .transferEncodingInHTTP10: "Transfer-Encoding in an HTTP/1.0 message"
    }
  }
}
