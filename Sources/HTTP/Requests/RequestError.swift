/// The reason that bytes are not an acceptable request. The connection must be closed after the answer, because the
/// start of the next request is unknown.
public enum RequestError: Error, Equatable, Sendable {
  /// The head violates the grammar of lines and headers.
  case syntax(SyntaxError)
  /// The headers do not state one length for the body.
  case framing(FramingError)
  /// The chunked body is malformed.
  case chunk(ChunkError)
  /// The first line is not a method, a target and a version, separated by single spaces.
  case malformedRequestLine
  /// The method alone is longer than a request line may be.
  case methodTooLong
  /// The request line is longer than the limit, in bytes.
  case targetTooLong(limit: Int)
  /// The target is neither a path, an `http` URL nor, for OPTIONS, an asterisk (RFC 9112, section 3.2), or it has a
  /// character that must be escaped.
  case invalidTarget
  /// CONNECT, the method of proxies.
  case connect
  /// A version of HTTP other than 1.0 and 1.1.
  case unsupportedVersion
  /// The head is longer than the limit, in bytes.
  case headTooLarge(limit: Int)
  /// There are more headers than the limit.
  case tooManyHeaders(limit: Int)
  /// An HTTP/1.1 request has no Host header.
  case missingHost
  /// There is more than one Host header.
  case repeatedHost
  /// The value of Host is not `host` or `host:port`.
  case invalidHost
  /// The value of Connection is not a list of tokens.
  case invalidConnection
  /// The client expects anything but `100-continue`.
  case unknownExpectation
  /// The body is longer than the limit, in bytes.
  case bodyTooLarge(limit: Int)
  /// The client exceeded a limit of time. Only the server reports it.
  case timeout
}

extension RequestError {
  /// Makes the error for a body that cannot be accepted.
  init(_ error: ChunkError) {
    if case .bodyTooLarge(let limit) = error {
      self = .bodyTooLarge(limit: limit)
    } else {
      self = .chunk(error)
    }
  }
}

extension RequestError {
  /// The status of the answer.
  public var status: Status {
    switch self {
    case .timeout: .requestTimeout
    case .bodyTooLarge: .contentTooLarge
    case .targetTooLong: .uriTooLong
    case .unknownExpectation: .expectationFailed
    case .headTooLarge, .tooManyHeaders, .chunk(.trailersTooLarge): .requestHeaderFieldsTooLarge
    case .methodTooLong, .connect, .framing(.unsupportedTransferCoding): .notImplemented
    case .unsupportedVersion: .httpVersionNotSupported
    case .syntax, .framing, .chunk, .malformedRequestLine, .invalidTarget, .missingHost, .repeatedHost,
      .invalidHost, .invalidConnection:
      .badRequest
    }
  }
}

extension RequestError: CustomStringConvertible {
  /// One line that says what is wrong. It holds no text of the request, so that it may be sent back.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .framing(let error): error.description
    case .chunk(let error): error.description
    case .malformedRequestLine: "malformed request line (expected METHOD TARGET HTTP/1.1)"
    case .methodTooLong: "unknown method"
    case .targetTooLong(let limit): "request line of more than \(limit) bytes"
    case .invalidTarget: "invalid request target (expected a path such as /api/1)"
    case .connect: "unsupported method CONNECT"
    case .unsupportedVersion: "unsupported version (expected HTTP/1.1 or HTTP/1.0)"
    case .headTooLarge(let limit): "head of more than \(limit) bytes"
    case .tooManyHeaders(let limit): "more than \(limit) headers"
    case .missingHost: "missing Host header"
    case .repeatedHost: "more than one Host header"
    case .invalidHost: "invalid Host header (expected a host such as example.com:8080)"
    case .invalidConnection: "invalid Connection header (expected options such as close)"
    case .unknownExpectation: "unknown expectation (expected 100-continue)"
    case .bodyTooLarge(let limit): "body of more than \(limit) bytes"
    case .timeout: "request incomplete when its time limit expired"
    }
  }
}
