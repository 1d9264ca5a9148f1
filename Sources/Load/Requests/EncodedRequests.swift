import HTTP

/// The requests of a load run as they are sent, encoded once per path.
struct EncodedRequests: Sendable {
  /// The bytes of all requests.
  let bytes: [UInt8]
  /// The place of each path's request.
  let ranges: [Range<Int>]

  /// Encodes a GET request for each path.
  ///
  /// - Parameters:
  ///   - closes: Whether each request asks the server to close the connection.
  /// - Throws: `RequestWriter.Problem` if a path or the host cannot be sent.
  init(_ paths: PathMix, host: String, closes: Bool) throws(RequestWriter.Problem) {
    let writer = try RequestWriter(host: host)
    var (bytes, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for entry in paths.entries {
      let start = bytes.count
      try writer.append("GET", entry.path, closes: closes, into: &bytes)
      ranges.append(start..<bytes.count)
    }
    (self.bytes, self.ranges) = (bytes, ranges)
  }
}
