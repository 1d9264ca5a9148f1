/// A complete request. It holds places in the buffer that was parsed, as offsets from the first byte of the request, and
/// is cheap to copy. They are valid until the bytes are removed from the buffer.
public struct Request: Equatable, Sendable {
  /// The method.
  public var method: Method { line.method }
  /// The version of the client.
  public var version: HTTPVersion { line.version }
  /// Whether the client keeps the connection open for another request after the answer (RFC 9112, section 9.3).
  public let keepsAlive: Bool
  /// Whether there is a header that a proxy may not pass on as it is, such as Connection.
  let hasHopByHopHeaders: Bool
  /// The number of bytes of the body, which was discarded, without its transfer coding.
  public internal(set) var bodyLength = 0
  /// The number of headers.
  public var headerCount: Int { Int(storedHeaderCount) }

  private let storedHeaderCount: UInt32
  private let line: RequestLine
  private let hostPlace: Place
  private let headerPlace: Place

  /// Creates a request of a complete head.
  @inline(__always)
  init(
    line: RequestLine, host: Place, headerLines: Range<Int>, headerCount: Int, keepsAlive: Bool,
    hasHopByHopHeaders: Bool
  ) {
    self.keepsAlive = keepsAlive
    self.hasHopByHopHeaders = hasHopByHopHeaders
    storedHeaderCount = UInt32(truncatingIfNeeded: headerCount)
    self.line = line
    hostPlace = host
    headerPlace = Place(headerLines)
  }
}

/// Places.
extension Request {
  /// The place of the method's name.
  public var methodName: Range<Int> { line.methodName.range }
  /// The place of the target as it was sent.
  public var target: Range<Int> { line.target.range }
  /// The place of the path, escapes included: at least `/`, or `*` for `OPTIONS *`.
  public var path: Range<Int> { line.parts.path.range }
  /// The place of the query without its `?`; `nil` if the target has no `?`.
  public var query: Range<Int>? { line.parts.query.rangeIfAny }
  /// The place of the host with its port: that of an absolute target, otherwise the value of Host, which may be empty;
  /// `nil` for an HTTP/1.0 request without either.
  public var host: Range<Int>? { hostPlace.rangeIfAny }
  /// The place of all header lines, with their ends, without the empty line.
  public var headerLines: Range<Int> { headerPlace.range }
}

/// Headers.
extension Request {
  /// Returns the places of all headers, in their order.
  ///
  /// - Parameter bytes: The bytes that were parsed.
  public func headers(in bytes: RawSpan) -> [HeaderField] {
    var fields: [HeaderField] = []
    fields.reserveCapacity(headerCount)
    var start = headerLines.lowerBound
    while let field = nextHeader(from: &start, in: bytes) { fields.append(field) }
    return fields
  }

  /// Returns the place of the value of the first header with a name, in any case; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - name: The name, as ASCII.
  ///   - bytes: The bytes that were parsed.
  public func header(_ name: StaticString, in bytes: RawSpan) -> Range<Int>? {
    var start = headerLines.lowerBound
    while let field = nextHeader(from: &start, in: bytes) {
      if bytes.equalsIgnoringCase(name, in: field.name) { return field.value }
    }
    return nil
  }

  /// Returns the header at an offset and moves the offset to the next line; `nil` after the last header.
  private func nextHeader(from start: inout Int, in bytes: RawSpan) -> HeaderField? {
    guard start < headerLines.upperBound else { return nil }
    let end = bytes.firstControl(from: start, to: headerLines.upperBound)
    let line = start..<end
    start = end + 2
    return try? HeaderField(line: line, in: bytes)
  }
}
