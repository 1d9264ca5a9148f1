import Platform

/// A connection to Redis over which commands are sent without waiting for their replies, which come in their order.
final class RedisConnection<Command> {
  /// The reason that a connection can no longer be used.
  enum Problem: Error {
    /// It is broken.
    case broken(String)
    /// The received bytes are not a reply.
    case malformed(RedisParser.Problem)
    /// Redis is reading its data after a start.
    case loading
    /// Redis cannot keep jobs.
    case unusable(RedisError)
  }

  /// The socket.
  let descriptor: Descriptor
  /// The commands without a reply, the oldest first.
  private(set) var pending: ArraySlice<Command> = []
  /// The time from which the oldest of them has waited.
  private(set) var waitingSince: UInt64

  private var isConnected = false
  private var parser = RedisParser()
  private var unsent: [UInt8] = []

  /// Begins to connect.
  ///
  /// - Throws: `SystemError`.
  init(to address: String, port: Int, now: UInt64) throws(SystemError) {
    descriptor = try .connecting(to: address, port: port)
    waitingSince = now
  }

  /// The events for which it is to be watched.
  var interest: EventQueue.Interest {
    if !isConnected { return .writing }
    return unsent.isEmpty ? .reading : [.reading, .writing]
  }

  /// Whether it waits for the other side.
  var isWaiting: Bool { !isConnected || !pending.isEmpty }

  /// Adds a command. `flush` sends it.
  func send(_ words: [String], _ command: Command, at now: UInt64) {
    if pending.isEmpty { waitingSince = now }
    RedisCommand.append(words, into: &unsent)
    pending.append(command)
  }

  /// Sends what can be sent.
  func flush() throws(Problem) {
    var sent = 0
    defer { unsent.removeFirst(sent) }
    while isConnected, sent < unsent.count {
      switch unsent[sent...].withUnsafeBytes({ descriptor.send($0) }) {
      case .bytes(let count): sent += count
      case .wouldBlock: return
      case .ended: throw .broken("connection lost")
      }
    }
  }

  /// Handles an event: connects, or receives.
  ///
  /// - Returns: The commands that were answered, with their replies.
  func advance(at now: UInt64) throws(Problem) -> [(Command, RedisValue)] {
    if !isConnected {
      let code = descriptor.connectionError()
      if code != 0 {
        throw .broken(ConnectionFailure(code: code) == .refused ? "connection refused" : "no connection")
      }
      isConnected = true
    }
    var hasEnded = false
    receiving: while true {
      switch receive() {
      case .bytes: continue
      case .wouldBlock: break receiving
      case .ended:
        hasEnded = true
        break receiving
      }
    }
    var replies: [(Command, RedisValue)] = []
    do throws(RedisParser.Problem) {
      while let reply = try parser.next() {
        guard let command = pending.popFirst() else { throw RedisParser.Problem.malformed }
        waitingSince = now
        replies.append((command, reply))
      }
    } catch {
      throw .malformed(error)
    }
    if hasEnded, replies.isEmpty { throw .broken("connection lost") }
    return replies
  }

  private func receive() -> Transfer {
    withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
      let transfer = descriptor.receive(into: buffer)
      if case .bytes(let count) = transfer { parser.append(UnsafeRawBufferPointer(buffer).prefix(count)) }
      return transfer
    }
  }

  /// Waits until Redis has closed the connection after the commands that were sent, at most so many nanoseconds.
  func drain(atMost nanoseconds: UInt64) {
    descriptor.endSending()
    let end = Clock.monotonic.now() + nanoseconds
    while Clock.monotonic.now() < end, (try? poll([descriptor], for: 10_000_000)) != nil {
      if case .ended = receive() { return }
    }
  }
}
