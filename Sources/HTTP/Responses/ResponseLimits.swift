/// The limits of a response.
public struct ResponseLimits: Sendable, Equatable {
  /// The most bytes of a head, including interim responses before it.
  public var head = 64 << 10
  /// The most headers; of trailers, too.
  public var headers = 128
  /// The most bytes of a body, after its transfer coding is removed.
  public var body = 1 << 30
  /// The most interim responses (1xx) before the final one.
  public var interimResponses = 8

  /// Creates the default limits.
  public init() {}
}
