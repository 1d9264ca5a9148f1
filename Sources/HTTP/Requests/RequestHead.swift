/// The meaning of a request's head, collected line by line.
struct RequestHead: Sendable {
  /// The version; `nil` before the first line is complete.
  private(set) var version: HTTPVersion?
  /// The length of the body.
  private(set) var framing = BodyFraming()
  /// Whether the client waits for 100 before it sends the body.
  private(set) var expectsContinue = false
  /// Whether there is a header that a proxy may not pass on as it is.
  private(set) var hasHopByHopHeaders = false
  private var line: RequestLine?
  private var host = Place.none
  private var connection = ConnectionOptions()
  private var headerCount = 0
  private var headersStart = 0

  /// Takes the first line.
  @inline(__always)
  mutating func takeRequestLine(_ range: Range<Int>, in bytes: RawSpan) throws(RequestError) {
    let line = try RequestLine(range, in: bytes)
    self.line = line
    version = line.version
    headersStart = range.upperBound &+ 2
  }

  /// Takes a header line.
  @inline(__always)
  mutating func takeHeader(
    _ range: Range<Int>, version: HTTPVersion, in bytes: RawSpan, limit: Int
  ) throws(RequestError) {
    headerCount &+= 1
    if headerCount > limit { throw .tooManyHeaders(limit: limit) }
    let field: HeaderField
    do throws(SyntaxError) {
      field = try HeaderField(line: range, in: bytes)
    } catch {
      throw .syntax(error)
    }
    let kind = HeaderKind(name: field.name, in: bytes)
    if kind != .other { try take(kind, field.value, version: version, in: bytes) }
  }

  private mutating func take(
    _ kind: HeaderKind, _ value: Range<Int>, version: HTTPVersion, in bytes: RawSpan
  ) throws(RequestError) {
    switch kind {
    case .host:
      if !host.isNone { throw .repeatedHost }
      guard (try? Authority(value, in: bytes)) != nil else { throw .invalidHost }
      host = Place(value)
    case .connection:
      hasHopByHopHeaders = true
      guard connection.add(value, in: bytes) else { throw .invalidConnection }
    case .hopByHop: hasHopByHopHeaders = true
    case .expect:
      // HTTP/1.0 has no expectations (RFC 9110, section 10.1.1).
      guard version == .http11 else {
        hasHopByHopHeaders = true
        return
      }
      guard bytes.matches("100-continue", in: value) else { throw .unknownExpectation }
      expectsContinue = true
    case .contentLength, .transferEncoding:
      do throws(FramingError) {
        if kind == .contentLength {
          try framing.addContentLength(value, in: bytes)
        } else {
          try framing.addTransferEncoding(value, in: bytes, version: version)
        }
      } catch {
        throw .framing(error)
      }
    case .other: break
    }
  }

  /// Returns the request of a complete head, whose empty line starts at an offset.
  @inline(__always)
  func request(headersEnd: Int) throws(RequestError) -> Request {
    guard let line else { throw .malformedRequestLine }
    if host.isNone, line.version == .http11 { throw .missingHost }
    return Request(
      line: line, host: line.parts.authority.isNone ? host : line.parts.authority,
      headerLines: headersStart..<headersEnd, headerCount: headerCount,
      keepsAlive: connection.persists(in: line.version), hasHopByHopHeaders: hasHopByHopHeaders)
  }
}
