/// The meaning of a response's head, collected line by line.
struct ResponseHead: Sendable {
  /// The first line: the version and the status; `nil` before it is complete.
  private(set) var line: (version: HTTPVersion, status: Status)?
  /// The length that the headers state for the body.
  private(set) var framing = BodyFraming()
  /// The value of the header that was asked for.
  private(set) var header: String?
  /// Whether the headers let the connection go on.
  private(set) var connection = ConnectionOptions()
  /// The status line behind the version, with its end.
  private(set) var statusLine = 0..<0
  /// Whether there is a header that a proxy may not pass on as it is.
  private(set) var hasHopByHopHeaders = false
  private var headerCount = 0

  /// The length of the shortest status line, whose reason is empty.
  private static let shortestLine = HTTPVersion.length + 5

  /// Takes the first line (RFC 9112, section 4). The space after the status is there even if the reason is empty.
  mutating func takeStatusLine(_ range: Range<Int>, in bytes: RawSpan) throws(ResponseError) {
    guard range.count >= Self.shortestLine else { throw .malformedStatusLine }
    let version: HTTPVersion
    do throws(HTTPVersion.Problem) {
      version = try HTTPVersion(at: range.lowerBound, in: bytes)
    } catch {
      throw error == .unsupported ? .unsupportedVersion : .malformedStatusLine
    }
    let start = range.lowerBound + HTTPVersion.length
    guard bytes.byte(start) == .space, bytes.byte(start + 4) == .space,
      let code = bytes.decimal(in: start + 1..<start + 4)
    else { throw .malformedStatusLine }
    guard 100...599 ~= code else { throw .invalidStatus(code) }
    line = (version, Status(rawValue: code))
    statusLine = start..<range.upperBound + 2
  }

  /// Takes a header line. `wanted` is the name of the header to keep, in lower case.
  mutating func takeHeader(
    _ range: Range<Int>, version: HTTPVersion, in bytes: RawSpan, limit: Int, wanted: [UInt8]
  ) throws(ResponseError) {
    headerCount += 1
    if headerCount > limit { throw .tooManyHeaders(limit: limit) }
    let field: HeaderField
    do throws(SyntaxError) {
      field = try HeaderField(line: range, in: bytes)
    } catch {
      throw .syntax(error)
    }
    if field.name.count == wanted.count, header == nil, Self.isName(field.name, wanted, in: bytes) {
      header = bytes.text(in: field.value)
    }
    let kind = HeaderKind(name: field.name, in: bytes)
    do throws(FramingError) {
      switch kind {
      case .contentLength: try framing.addContentLength(field.value, in: bytes)
      case .transferEncoding: try framing.addTransferEncoding(field.value, in: bytes, version: version)
      case .connection, .hopByHop: hasHopByHopHeaders = true
      case .expect, .host, .other: break
      }
    } catch {
      throw .framing(error)
    }
    if kind == .connection, !connection.add(field.value, in: bytes) { throw .invalidConnection }
  }

  private static func isName(_ name: Range<Int>, _ wanted: [UInt8], in bytes: RawSpan) -> Bool {
    for (index, byte) in wanted.enumerated() where bytes.byte(name.lowerBound + index).lowercased != byte {
      return false
    }
    return true
  }
}
