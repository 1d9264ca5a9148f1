/// A complete response.
public struct Response: Equatable, Sendable {
  /// The status.
  public let status: Status
  /// The number of bytes of the body, without its transfer coding.
  public internal(set) var bodyLength = 0
  /// The value of the header that the parser was asked for, from its first occurrence; `nil` if there is none. A value
  /// of at most 15 bytes needs no memory of its own.
  public let header: String?
  /// Whether another request may be sent over the connection (RFC 9112, section 9.3).
  public let keepsAlive: Bool
}
