/// The result of feeding bytes to a `ResponseParser`.
public enum ResponseProgress: Equatable, Sendable {
  /// The response is incomplete. Keep the first `kept` bytes, which are its head so far or none, append the bytes that
  /// arrive next, and parse them all.
  case needsMore(kept: Int)
  /// A response. The first `consumed` bytes belong to it; those after them belong to the next one.
  case response(Response, consumed: Int)
  /// The bytes are no acceptable response. Close the connection. More bytes change nothing.
  case failure(ResponseError)
}
