import Platform

/// Jobs that a lesson sends to a queue.
enum SentJobs {
  /// The time that the queue has to accept them, in nanoseconds.
  private static let limit: UInt64 = 10_000_000_000

  /// Sends equal jobs over one connection, and waits until all are accepted.
  ///
  /// - Throws: `FleetFailure` if not all are accepted in time; `SystemError`.
  static func send(_ count: Int, _ path: String, toPort port: Int) throws {
    let failure = FleetFailure(description: "the queue did not accept all jobs")
    let connection = try Descriptor.connecting(to: "127.0.0.1", port: port)
    guard connection.waitUntilWritable(atMost: limit), connection.connectionError() == 0 else {
      throw failure
    }
    let request = "POST /jobs?path=\(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
    let requests = Array(String(repeating: request, count: count).utf8)
    guard requests.withUnsafeBytes(connection.send) == .bytes(requests.count) else { throw failure }
    try connection.receiveWaiting(atMost: limit)
    var (answers, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 14))
    while String(decoding: answers, as: UTF8.self).ranges(of: "HTTP/1.1 202").count < count {
      let transfer = buffer.withUnsafeMutableBytes { connection.receive(into: $0, waits: true) }
      guard case .bytes(let received) = transfer else { throw failure }
      answers += buffer[..<received]
    }
  }
}
