/// A request as a proxy passes it on.
extension Request {
  /// Appends the head as it is sent to the next server: the version is the proxy's own, an absolute target becomes a path
  /// and the value of Host (RFC 9112, section 3.2.2), and headers that concern one connection only are left out. If there
  /// are none, all header lines are copied at once.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that were parsed.
  ///   - host: The value of Host if the request, of HTTP/1.0, has none.
  ///   - headers: The headers that are added.
  ///   - output: The send buffer.
  public func appendHead(
    of bytes: RawSpan, host defaultHost: [UInt8], adding headers: HeaderBlock, into output: inout [UInt8]
  ) {
    output.append(bytes.extracting(methodName))
    output.append(.space)
    output.append(bytes.extracting(path))
    if let query {
      output.append(UInt8(ascii: "?"))
      output.append(bytes.extracting(query))
    }
    output.append(" HTTP/1.1\r\n")
    let isAbsolute = host.map { $0.upperBound <= target.upperBound } ?? false
    if isAbsolute || host == nil {
      output.append("Host: ")
      if let host { output.append(bytes.extracting(host)) } else { output.append(contentsOf: defaultHost) }
      output.appendLineEnd()
    }
    if hasHopByHopHeaders || isAbsolute {
      let filter = HeaderFilter(dropsHost: isAbsolute, dropsExpect: version == .http10)
      filter.append(headerLines, of: bytes, into: &output)
    } else {
      output.append(bytes.extracting(headerLines))
    }
    output.append(contentsOf: headers.bytes)
    output.appendLineEnd()
  }
}
