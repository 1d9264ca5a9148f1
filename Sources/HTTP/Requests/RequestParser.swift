/// A strict, incremental parser of the requests of one connection (RFC 9112). It does no input or output.
///
/// The caller owns the receive buffer. It passes all bytes from the start of the current request, however few or many
/// arrived, and acts on the result:
///
///     while true {
///       switch parser.parse(received) {
///       case .needsMore(let kept): keep only the first `kept` bytes; receive more after them
///       case .needsContinue(let kept): the same, and send "100 Continue"
///       case .request(let request, let consumed): answer; drop the first `consumed` bytes
///       case .failure(let error): answer `error.status`; close
///       }
///     }
///
/// No more bytes need to be kept than `RequestLimits.head`, because bodies are checked, and discarded or collected, as they arrive.
///
/// It is stricter than RFC 9112 demands, so that no other recipient can understand a request differently: lines end
/// with CR LF only; Content-Length may occur once, without leading zeros, and never with Transfer-Encoding; chunk
/// extensions have no whitespace; targets have no characters that must be escaped. One empty line before a request is
/// skipped (section 2.2).
public struct RequestParser: Sendable {
  /// The part of a request that is awaited, which determines the limit of time.
  public enum Phase: Sendable {
    /// No byte of a request has arrived.
    case idle
    /// A head has begun.
    case head
    /// The head is complete, the body is not.
    case body
  }

  /// The limits of each request.
  public let limits: RequestLimits
  /// The part of a request that is awaited.
  public private(set) var phase = Phase.idle

  private var lines = LineReader()
  private var head = RequestHead()
  private var failure: RequestError?
  /// The request whose body is awaited, in the phase `body`.
  private var pending: Request?
  private var body: CollectedBody

  /// Creates a parser for a new connection.
  ///
  /// - Parameter keepsBody: Whether `bodyBytes` holds the body.
  public init(limits: RequestLimits = RequestLimits(), keepsBody: Bool = false) {
    precondition(limits.head <= Place.limit, "a head is limited to \(Place.limit) bytes")
    self.limits = limits
    body = CollectedBody(limits: limits.ofBody, keeping: keepsBody ? .max : 0)
  }

  /// The bytes of the last request's body, without transfer coding, if they are kept. They are valid until the next call of
  /// `parse`.
  public var bodyBytes: [UInt8] { body.bytes }

  /// Parses the bytes from the start of the current request. It allocates no memory.
  public mutating func parse(_ bytes: RawSpan) -> RequestProgress {
    if let failure { return .failure(failure) }
    do throws(RequestError) {
      return phase != .body ? try parseHead(bytes) : try parseBody(bytes)
    } catch {
      failure = error
      return .failure(error)
    }
  }

  /// Parses the bytes from the start of the current request to the end of its head, for a proxy, which passes the body on
  /// as it arrives. Use either this or `parse` with one parser.
  public mutating func nextHead(_ bytes: RawSpan) -> RequestHeadProgress {
    if let failure { return .failure(failure) }
    do throws(RequestError) {
      guard let headersEnd = try readHead(bytes) else {
        phase = bytes.isEmpty ? .idle : .head
        return .needsMore
      }
      let request = try head.request(headersEnd: headersEnd)
      let (length, framing) = (lines.lineStart, head.framing.body)
      let body: MessageBody
      do throws(ChunkError) {
        body = try MessageBody(framing, endsWithConnection: false, within: limits.ofBody)
      } catch {
        throw RequestError(error)
      }
      startNext()
      return .head(request, length: length, body: body)
    } catch {
      failure = error
      return .failure(error)
    }
  }

  private mutating func parseHead(_ bytes: RawSpan) throws(RequestError) -> RequestProgress {
    guard let headersEnd = try readHead(bytes) else {
      phase = bytes.isEmpty ? .idle : .head
      return .needsMore(kept: bytes.byteCount)
    }
    let request = try head.request(headersEnd: headersEnd)
    let headLength = lines.lineStart
    guard try startBody() else {
      startNext()
      return .request(request, consumed: headLength)
    }
    pending = request
    phase = .body
    // A client whose body has begun to arrive does not wait.
    if head.expectsContinue, bytes.byteCount == headLength { return .needsContinue(kept: headLength) }
    return try parseBody(bytes)
  }

  /// Returns the offset of the empty line after the headers; `nil` if the head is incomplete.
  private mutating func readHead(_ bytes: RawSpan) throws(RequestError) -> Int? {
    let end = min(bytes.byteCount, limits.head)
    while true {
      guard let version = head.version else {
        guard try readRequestLine(bytes, headEnd: end) else { return nil }
        continue
      }
      guard let line = try nextLine(bytes, limit: end) else {
        if bytes.byteCount >= limits.head { throw .headTooLarge(limit: limits.head) }
        return nil
      }
      if line.isEmpty { return line.lowerBound }
      try head.takeHeader(line, version: version, in: bytes, limit: limits.headers)
    }
  }

  /// Reads the request line, or an empty line before it. Returns `false` if it is incomplete.
  private mutating func readRequestLine(_ bytes: RawSpan, headEnd: Int) throws(RequestError) -> Bool {
    let start = lines.lineStart
    let lineLimit = start + limits.requestLine + 2
    guard let line = try nextLine(bytes, limit: min(headEnd, lineLimit)) else {
      if bytes.byteCount >= lineLimit, lineLimit <= limits.head {
        let hasMethod = bytes.end(of: .token, in: start..<lineLimit) < lineLimit
        throw hasMethod ? .targetTooLong(limit: limits.requestLine) : .methodTooLong
      }
      if bytes.byteCount >= limits.head { throw .headTooLarge(limit: limits.head) }
      return false
    }
    if line.isEmpty, start == 0 { return true }
    try head.takeRequestLine(line, in: bytes)
    return true
  }

  @inline(__always)
  private mutating func nextLine(_ bytes: RawSpan, limit: Int) throws(RequestError) -> Range<Int>? {
    do throws(SyntaxError) {
      return try lines.next(in: bytes, limit: limit)
    } catch {
      throw .syntax(error)
    }
  }

  private mutating func parseBody(_ bytes: RawSpan) throws(RequestError) -> RequestProgress {
    precondition(bytes.byteCount >= lines.lineStart, "the kept bytes are parsed again with those that follow")
    guard let end = try readBody(bytes), var request = pending else {
      return .needsMore(kept: lines.lineStart)
    }
    request.bodyLength = body.length
    startNext()
    return .request(request, consumed: end)
  }

  @inline(__always)
  private mutating func startBody() throws(RequestError) -> Bool {
    do throws(ChunkError) {
      return try body.start(head.framing.body, endsWithConnection: false)
    } catch {
      throw RequestError(error)
    }
  }

  private mutating func readBody(_ bytes: RawSpan) throws(RequestError) -> Int? {
    do throws(ChunkError) {
      return try body.read(bytes, from: lines.lineStart)
    } catch {
      throw RequestError(error)
    }
  }

  /// Awaits the next request.
  private mutating func startNext() {
    lines = LineReader()
    head = RequestHead()
    phase = .idle
  }
}
