import Platform

/// The runtime socket of HAProxy. Each command has a connection of its own, which HAProxy closes after its answer.
struct HAProxySocket {
  /// The reason that a command has no answer.
  enum Failure: Error, Equatable {
    /// The socket is gone, or the connection is broken.
    case system(SystemError)
    /// HAProxy did not answer in time.
    case late
    /// Someone asked for the end of the wait.
    case interrupted
  }

  /// The time within which it has to answer, in nanoseconds.
  static let limit: UInt64 = 5_000_000_000

  /// The time between two looks whether someone asked for the end of a wait.
  private static let interruptionInterval: UInt64 = 50_000_000

  /// The path.
  let path: String
  /// Whether someone asked for the end of every wait.
  let isInterrupted: () -> Bool

  /// Sends a command and returns the answer, without the empty lines after it.
  ///
  /// - Parameter limit: The nanoseconds that HAProxy has for it.
  func ask(_ command: String, within limit: UInt64 = HAProxySocket.limit) throws(Failure) -> String {
    let end = Clock.monotonic.now() + limit
    let connection = try connected()
    // A new connection has room for any command.
    let sent = Array("\(command)\n".utf8).withUnsafeBytes { connection.send($0) }
    if case .ended(let code) = sent { throw failure(code) }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let now = Clock.monotonic.now()
      if now >= end { throw .late }
      let time = min(end - now, Self.interruptionInterval)
      do { try connection.receiveWaiting(atMost: time) } catch { throw .system(error) }
      switch buffer.withUnsafeMutableBytes({ connection.receive(into: $0, waits: true) }) {
      case .bytes(let count): answer += buffer.prefix(count)
      case .wouldBlock: if isInterrupted() { throw .interrupted }
      case .ended(0): return Self.text(answer)
      case .ended(let code): throw failure(code)
      }
    }
  }

  private func connected() throws(Failure) -> Descriptor {
    do { return try Descriptor.connecting(toSocket: path) } catch { throw .system(error) }
  }

  private func failure(_ code: Int32) -> Failure {
    .system(SystemError(operation: "send a command to", subject: path, code: code))
  }

  private static func text(_ answer: [UInt8]) -> String {
    let last = answer.lastIndex { $0 != UInt8(ascii: "\n") }
    return String(decoding: answer[..<(last.map { $0 + 1 } ?? 0)], as: UTF8.self)
  }
}
