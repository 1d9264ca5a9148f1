/// The head of a response that a proxy passes on. It holds places in the buffer that was parsed, as offsets from its first
/// byte, and is cheap to copy.
public struct PassedResponse: Equatable, Sendable {
  /// The status.
  public let status: Status
  /// Whether another request may be sent over the server's connection after the response (RFC 9112, section 9.3).
  public let keepsAlive: Bool
  /// The status line behind the version, with its end.
  private let statusLine: Range<Int>
  private let headerLines: Range<Int>
  private let hasHopByHopHeaders: Bool

  /// Creates the head that lines described.
  init(_ head: ResponseHead, _ status: Status, headersEnd: Int, keepsAlive: Bool) {
    self.status = status
    self.keepsAlive = keepsAlive
    statusLine = head.statusLine
    headerLines = head.statusLine.upperBound..<headersEnd
    hasHopByHopHeaders = head.hasHopByHopHeaders
  }

  /// Appends the head as it is sent to a client: the version is the proxy's own, and headers that concern one connection
  /// only are replaced by Connection, if the client expects otherwise than what comes.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that were parsed.
  ///   - headers: The headers that are added.
  ///   - version: The version of the client.
  ///   - closes: Whether the client's connection ends after the response.
  ///   - dropsTransferEncoding: Whether the body is sent without its chunks.
  ///   - output: The send buffer.
  public func append(
    _ bytes: RawSpan, adding headers: HeaderBlock, for version: HTTPVersion, closes: Bool,
    dropsTransferEncoding: Bool = false, into output: inout [UInt8]
  ) {
    output.append("HTTP/1.1")
    output.append(bytes.extracting(statusLine))
    if hasHopByHopHeaders || dropsTransferEncoding {
      let filter = HeaderFilter(dropsTransferEncoding: dropsTransferEncoding)
      filter.append(headerLines, of: bytes, into: &output)
    } else {
      output.append(bytes.extracting(headerLines))
    }
    output.append(contentsOf: headers.bytes)
    let isFinal = status.rawValue >= 200
    if isFinal, closes { output.append("Connection: close\r\n") }
    if isFinal, !closes, version == .http10 { output.append("Connection: keep-alive\r\n") }
    output.appendLineEnd()
  }
}
