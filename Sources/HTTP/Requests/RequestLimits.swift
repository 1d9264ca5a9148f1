/// The limits of a request: of its parts in bytes, and of the time that a client may take.
///
/// The parser enforces the limits of size, the server those of time: the parser has no clock.
public struct RequestLimits: Sendable, Equatable {
  /// The most bytes of a request line, without its end (414 if the target makes it longer, 501 if the method does).
  public var requestLine = 8 << 10
  /// The most bytes of a head, with all line ends (431).
  public var head = 16 << 10
  /// The most headers; of trailers, too (431).
  public var headers = 64
  /// The most bytes of a body, after its transfer coding is removed (413).
  public var body = 64 << 10
  /// The time from the first byte of a head to its last (408).
  public var headTime = Duration.seconds(10)
  /// The time from the last byte of a head to that of its body (408).
  public var bodyTime = Duration.seconds(30)
  /// The time that a connection stays open without a request. It is then closed without an answer.
  public var idleTime = Duration.seconds(60)

  /// Creates the default limits.
  public init() {}
}
