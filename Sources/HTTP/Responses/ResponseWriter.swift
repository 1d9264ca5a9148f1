/// Appends responses to a send buffer (RFC 9112, section 4; RFC 9110, section 15).
///
/// A buffer that is emptied with `removeAll(keepingCapacity: true)` and used again needs no memory per response.
public struct ResponseWriter: Sendable {
  /// The headers of every response, such as X-Worker. The caller sets Date here, once per second at most; see
  /// `HTTPDate`.
  public var headers: HeaderBlock

  /// Creates a writer.
  public init(headers: HeaderBlock = HeaderBlock()) {
    self.headers = headers
  }

  /// Appends the answer to a request. It has Content-Length, also for HEAD, but neither that nor a body if the status
  /// allows none; and Connection, if the client expects otherwise.
  ///
  /// - Parameters:
  ///   - status: The status, from 200.
  ///   - headers: The headers of this response only, such as Allow.
  ///   - body: The body of the answer to GET.
  ///   - request: The request.
  ///   - closes: Whether the server closes the connection after the answer, even if the client keeps it open. It has to
  ///     close it if `request.keepsAlive` is false.
  ///   - output: The send buffer.
  public func append(
    _ status: Status, headers: HeaderBlock = HeaderBlock(), body: RawSpan, to request: Request,
    closes: Bool = false, into output: inout [UInt8]
  ) {
    let persists = request.keepsAlive && !closes
    appendHead(status, headers: headers, bodyLength: body.byteCount, into: &output)
    if !persists {
      output.append("Connection: close\r\n")
    } else if request.version == .http10 {
      output.append("Connection: keep-alive\r\n")
    }
    output.appendLineEnd()
    if request.method != .head, !status.hasNoBody { output.append(body) }
  }

  /// Appends the answer to bytes that are no acceptable request: the reason as text. The connection must be closed.
  public func append(_ error: RequestError, into output: inout [UInt8]) {
    let body = Array((error.description + "\n").utf8)
    appendHead(error.status, headers: HeaderBlock(), bodyLength: body.count, into: &output)
    output.append("Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")
    output.append(contentsOf: body)
  }

  /// Appends `100 Continue`, which makes a client send the body that it announced (RFC 9110, section 10.1.1).
  public static func appendContinue(into output: inout [UInt8]) {
    output.append("HTTP/1.1 100 Continue\r\n\r\n")
  }

  private func appendHead(
    _ status: Status, headers extra: HeaderBlock, bodyLength: Int, into output: inout [UInt8]
  ) {
    precondition(status.rawValue >= 200, "an interim response is no answer")
    if status == .ok {
      output.append("HTTP/1.1 200 OK\r\n")
    } else {
      output.append("HTTP/1.1 ")
      output.append(decimal: status.rawValue)
      output.append(.space)
      output.append(status.reason)
      output.appendLineEnd()
    }
    if !status.hasNoBody {
      output.append("Content-Length: ")
      output.append(decimal: bodyLength)
      output.appendLineEnd()
    }
    output.append(contentsOf: headers.bytes)
    output.append(contentsOf: extra.bytes)
  }
}
