/// The reason that bytes are not an acceptable response. The connection must be closed.
public enum ResponseError: Error, Equatable, Sendable {
  /// The head violates the grammar of lines and headers.
  case syntax(SyntaxError)
  /// The headers do not state one length for the body.
  case framing(FramingError)
  /// The chunked body is malformed.
  case chunk(ChunkError)
  /// The first line is not a version, a status of three digits and a reason, separated by single spaces.
  case malformedStatusLine
  /// A version of HTTP other than 1.0 and 1.1.
  case unsupportedVersion
  /// A status below 100 or above 599.
  case invalidStatus(Int)
  /// The value of Connection is not a list of tokens.
  case invalidConnection
  /// 101 Switching Protocols, which no request asked for.
  case upgrade
  /// There are more interim responses than the limit.
  case tooManyInterimResponses(limit: Int)
  /// The head is longer than the limit, in bytes.
  case headTooLarge(limit: Int)
  /// There are more headers than the limit.
  case tooManyHeaders(limit: Int)
  /// The body is longer than the limit, in bytes.
  case bodyTooLarge(limit: Int)
  /// The server closed the connection before the first byte of a response. A server may do so between two requests.
  case noResponse
  /// The server closed the connection within a response.
  case truncated
}

extension ResponseError {
  /// Makes the error for a body that cannot be accepted.
  init(_ error: ChunkError) {
    if case .bodyTooLarge(let limit) = error {
      self = .bodyTooLarge(limit: limit)
    } else {
      self = .chunk(error)
    }
  }
}

extension ResponseError: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .framing(let error): error.description
    case .chunk(let error): error.description
    case .malformedStatusLine: "malformed status line (expected HTTP/1.1 STATUS REASON)"
    case .unsupportedVersion: "unsupported version (expected HTTP/1.1 or HTTP/1.0)"
    case .invalidStatus(let status): "invalid status: \(status) (expected 100–599)"
    case .invalidConnection: "invalid Connection header (expected options such as close)"
    case .upgrade: "unexpected switch of protocols (status 101)"
    case .tooManyInterimResponses(let limit): "more than \(limit) interim responses"
    case .headTooLarge(let limit): "head of more than \(limit) bytes"
    case .tooManyHeaders(let limit): "more than \(limit) headers"
    case .bodyTooLarge(let limit): "body of more than \(limit) bytes"
    case .noResponse: "connection closed before the response"
    case .truncated: "connection closed within the response"
    }
  }
}
