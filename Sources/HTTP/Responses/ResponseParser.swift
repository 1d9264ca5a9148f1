/// A strict, incremental parser of the responses of one connection, for a client (RFC 9112). It does no input or output.
///
/// The caller owns the receive buffer and passes all bytes from the start of the current response, as for
/// `RequestParser`. It calls `end()` when the server closes the connection.
///
/// Interim responses (1xx) are skipped. Lines, lengths and chunks are read as strictly as those of requests.
public struct ResponseParser: Sendable {
  /// The limits of each response.
  public let limits: ResponseLimits

  private let wantedHeader: [UInt8]
  private var lines = LineReader()
  private var head = ResponseHead()
  private var interimResponses = 0
  private var body: CollectedBody
  /// The response whose body is awaited.
  private var pending: Response?
  private var hasBegun = false
  private var failure: ResponseError?

  /// Creates a parser for a new connection.
  ///
  /// - Parameters:
  ///   - limits: The limits of each response.
  ///   - header: The name of the header whose value `Response.header` holds, in any case.
  ///   - keepsBody: Whether `bodyBytes` holds the body.
  ///   - mostKept: The most bytes of the body that are kept.
  public init(
    limits: ResponseLimits = ResponseLimits(), header: String? = nil, keepsBody: Bool = false,
    mostKept: Int = .max
  ) {
    self.limits = limits
    wantedHeader = (header ?? "").utf8.map(\.lowercased)
    body = CollectedBody(limits: limits.ofBody, keeping: keepsBody ? mostKept : 0)
  }

  /// The bytes of the last response's body, without transfer coding, as many as are kept. They are valid until the next
  /// call of `parse`.
  public var bodyBytes: [UInt8] { body.bytes }

  /// Parses the bytes from the start of the current response.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - method: The method of the request that is answered, the same in every call for one response. The answer to
  ///     HEAD has no body.
  public mutating func parse(_ bytes: RawSpan, answering method: Method = .get) -> ResponseProgress {
    if let failure { return .failure(failure) }
    do throws(ResponseError) {
      return pending == nil ? try parseHead(bytes, method) : try parseBody(bytes, from: 0)
    } catch {
      failure = error
      return .failure(error)
    }
  }

  /// Returns the response that the end of the connection completes, or the error that it is.
  public mutating func end() -> ResponseProgress {
    if let failure { return .failure(failure) }
    if var response = pending, body.endsWithConnection {
      response.bodyLength = body.length
      startNext()
      return .response(response, consumed: 0)
    }
    let error = hasBegun ? ResponseError.truncated : .noResponse
    failure = error
    return .failure(error)
  }

  private mutating func parseHead(
    _ bytes: RawSpan, _ method: Method
  ) throws(ResponseError) -> ResponseProgress {
    hasBegun = hasBegun || !bytes.isEmpty
    guard let first = try readHead(bytes) else { return .needsMore(kept: bytes.byteCount) }
    let hasNoBody = method == .head || first.status.hasNoBody
    try startBody(hasNoBody ? .bytes(0) : head.framing.body)
    pending = Response(
      status: first.status, header: head.header,
      keepsAlive: head.connection.persists(in: first.version) && !body.endsWithConnection)
    return try parseBody(bytes, from: lines.lineStart)
  }

  /// Parses the bytes from the start of the current response, or from the end of the interim response before it, to the
  /// end of its head, for a proxy, which passes the body on as it arrives. Use either this or `parse` with one parser.
  public mutating func nextHead(_ bytes: RawSpan, answering method: Method) -> ResponseHeadProgress {
    if let failure { return .failure(failure) }
    do throws(ResponseError) {
      guard let (first, headersEnd) = try readAnyHead(bytes) else { return .needsMore }
      let length = lines.lineStart
      if first.status.rawValue < 200 {
        let passed = PassedResponse(head, first.status, headersEnd: headersEnd, keepsAlive: true)
        try skipInterimResponse(first.status)
        lines = LineReader()
        return .interim(passed, length: length)
      }
      let framing = method == .head || first.status.hasNoBody ? .bytes(0) : head.framing.body
      let body: MessageBody
      do throws(ChunkError) {
        body = try MessageBody(framing, endsWithConnection: true, within: limits.ofBody)
      } catch {
        throw ResponseError(error)
      }
      let keepsAlive = head.connection.persists(in: first.version) && !body.endsWithConnection
      let passed = PassedResponse(head, first.status, headersEnd: headersEnd, keepsAlive: keepsAlive)
      startNext()
      return .head(passed, length: length, body: body)
    } catch {
      failure = error
      return .failure(error)
    }
  }

  /// Returns the first line of the final response once its head is complete.
  private mutating func readHead(
    _ bytes: RawSpan
  ) throws(ResponseError) -> (version: HTTPVersion, status: Status)? {
    while let (first, _) = try readAnyHead(bytes) {
      if first.status.rawValue >= 200 { return first }
      try skipInterimResponse(first.status)
    }
    return nil
  }

  /// Returns the first line of a response, interim or final, and the end of its header lines, once its head is complete.
  private mutating func readAnyHead(
    _ bytes: RawSpan
  ) throws(ResponseError) -> (line: (version: HTTPVersion, status: Status), headersEnd: Int)? {
    let end = min(bytes.byteCount, limits.head)
    while true {
      let line: Range<Int>?
      do throws(SyntaxError) {
        line = try lines.next(in: bytes, limit: end)
      } catch {
        throw .syntax(error)
      }
      guard let line else {
        if bytes.byteCount >= limits.head { throw .headTooLarge(limit: limits.head) }
        return nil
      }
      guard let first = head.line else {
        try head.takeStatusLine(line, in: bytes)
        continue
      }
      if !line.isEmpty {
        try head.takeHeader(
          line, version: first.version, in: bytes, limit: limits.headers, wanted: wantedHeader)
      } else {
        return (first, line.lowerBound)
      }
    }
  }

  private mutating func skipInterimResponse(_ status: Status) throws(ResponseError) {
    if status.rawValue == 101 { throw .upgrade }
    interimResponses += 1
    if interimResponses > limits.interimResponses {
      throw .tooManyInterimResponses(limit: limits.interimResponses)
    }
    head = ResponseHead()
  }

  private mutating func parseBody(_ bytes: RawSpan, from start: Int) throws(ResponseError) -> ResponseProgress
  {
    guard let end = try readBody(bytes, from: start), var response = pending else {
      return .needsMore(kept: 0)
    }
    response.bodyLength = body.length
    startNext()
    return .response(response, consumed: end)
  }

  private mutating func startBody(_ framing: BodyFraming.Length) throws(ResponseError) {
    do throws(ChunkError) {
      _ = try body.start(framing, endsWithConnection: true)
    } catch {
      throw ResponseError(error)
    }
  }

  private mutating func readBody(_ bytes: RawSpan, from start: Int) throws(ResponseError) -> Int? {
    do throws(ChunkError) {
      return try body.read(bytes, from: start)
    } catch {
      throw ResponseError(error)
    }
  }

  /// Awaits the next response.
  private mutating func startNext() {
    lines = LineReader()
    head = ResponseHead()
    interimResponses = 0
    pending = nil
    hasBegun = false
  }
}
