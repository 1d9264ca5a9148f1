/// The result of feeding bytes to a `RequestParser`.
public enum RequestProgress: Equatable, Sendable {
  /// The request is incomplete. Keep the first `kept` bytes, which are its head so far, append the bytes that arrive
  /// next, and parse them all. Bytes after the first `kept` belonged to the body and are no longer needed.
  case needsMore(kept: Int)
  /// As `needsMore`, and the client waits for `ResponseWriter.appendContinue(to:)` before it sends the body (RFC 9110,
  /// section 10.1.1). Reported once per request.
  case needsContinue(kept: Int)
  /// A request. The first `consumed` bytes are its head and body; those after them belong to the next request.
  case request(Request, consumed: Int)
  /// The bytes are no acceptable request. Answer, then close the connection. More bytes change nothing.
  case failure(RequestError)
}
