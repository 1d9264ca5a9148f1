import HTTP

/// The requests of a load run as they are sent, encoded once per path.
struct EncodedRequests: Sendable {
  /// The bytes of all requests.
  let bytes: [UInt8]
  /// The place of each path's request.
  let ranges: [Range<Int>]

  /// Encodes a request for each path.
  ///
  /// - Parameters:
  ///   - method: The method. A POST has an empty body.
  ///   - closes: Whether each request asks the server to close the connection.
  /// - Throws: `RequestWriter.Problem` if a path or the host cannot be sent.
  init(
    _ paths: PathMix, method: LoadMethod, host: String, closes: Bool
  ) throws(RequestWriter.Problem) {
    let writer = try RequestWriter(host: host)
    var (bytes, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for entry in paths.entries {
      let start = bytes.count
      try writer.append(
        method.rawValue, entry.path, body: method == .post ? [] : nil, closes: closes, into: &bytes)
      ranges.append(start..<bytes.count)
    }
    (self.bytes, self.ranges) = (bytes, ranges)
  }
}
