/// The result of feeding bytes to `RequestParser.nextHead`.
public enum RequestHeadProgress: Sendable {
  /// The head is incomplete. Keep all bytes, append those that arrive next, and parse them all.
  case needsMore
  /// A head of so many bytes. Those after it belong to the body and to the next request.
  case head(Request, length: Int, body: MessageBody)
  /// The bytes are no acceptable request. Answer, then close the connection. More bytes change nothing.
  case failure(RequestError)
}

/// The result of feeding bytes to `ResponseParser.nextHead`.
public enum ResponseHeadProgress: Sendable {
  /// The head is incomplete. Keep all bytes, append those that arrive next, and parse them all.
  case needsMore
  /// The head of an interim response (1xx), of so many bytes. Drop them, and parse those that follow.
  case interim(PassedResponse, length: Int)
  /// The head of the final response, of so many bytes. Those after it belong to the body.
  case head(PassedResponse, length: Int, body: MessageBody)
  /// The bytes are no acceptable response. Close the connection.
  case failure(ResponseError)
}
