/// Appends requests to a send buffer, for a client (RFC 9112, section 3).
public struct RequestWriter: Sendable {
  /// A request that cannot be sent.
  public enum Problem: Error, Equatable, Sendable {
    /// The method is not a token, or is CONNECT.
    case invalidMethod(String)
    /// The target is none that `RequestParser` accepts for the method.
    case invalidTarget(String)
    /// The host is not `host` or `host:port`.
    case invalidHost(String)
  }

  /// The value of Host.
  public let host: String
  /// The headers of every request.
  public let headers: HeaderBlock

  /// Creates a writer for a server.
  ///
  /// - Parameters:
  ///   - host: The host and, unless it is 80, the port, as in `URLParts.authority`.
  ///   - headers: The headers of every request.
  public init(host: String, headers: HeaderBlock = HeaderBlock()) throws(Problem) {
    let bytes = Array(host.utf8)
    guard (try? Authority(bytes.indices, in: bytes.span.bytes)) != nil else { throw .invalidHost(host) }
    self.host = host
    self.headers = headers
  }

  /// Appends a request.
  ///
  /// - Parameters:
  ///   - method: The method, such as `GET`.
  ///   - target: The target, such as `/api/1000`.
  ///   - body: The body; `nil` sends no Content-Length.
  ///   - closes: Whether the server is to close the connection after its answer.
  ///   - output: The send buffer.
  public func append(
    _ method: String, _ target: String, body: [UInt8]? = nil, closes: Bool = false, into output: inout [UInt8]
  ) throws(Problem) {
    let (methodBytes, targetBytes) = (Array(method.utf8), Array(target.utf8))
    guard !methodBytes.isEmpty, methodBytes.allSatisfy(ByteSet.token.contains), method != "CONNECT" else {
      throw .invalidMethod(method)
    }
    let kind = Method(methodBytes.indices, in: methodBytes.span.bytes)
    guard !targetBytes.isEmpty,
      (try? RequestTarget(targetBytes.indices, method: kind, in: targetBytes.span.bytes)) != nil
    else { throw .invalidTarget(target) }
    output += methodBytes
    output.append(.space)
    output += targetBytes
    output.append(" HTTP/1.1\r\nHost: ")
    output.append(contentsOf: host.utf8)
    output.appendLineEnd()
    output += headers.bytes
    if let body {
      output.append("Content-Length: ")
      output.append(decimal: body.count)
      output.appendLineEnd()
    }
    if closes { output.append("Connection: close\r\n") }
    output.appendLineEnd()
    output += body ?? []
  }
}

extension RequestWriter.Problem: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .invalidMethod(let text): "invalid method: '\(oneLine(text))' (expected a token such as GET)"
    case .invalidTarget(let text):
      "invalid request target: '\(oneLine(text))' (expected a path such as /api/1)"
    case .invalidHost(let text): "invalid host: '\(oneLine(text))' (expected a host such as example.com:8080)"
    }
  }
}
