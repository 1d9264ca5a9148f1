/// A connection of a service. A model tells it when its socket is ready, or when its time has come, and it tells the model what
/// it waits for next. That is all in which the models differ: how a connection waits.
public final class ServerConnection {
  /// The event that a connection waits for.
  public enum Wait: Equatable, Sendable {
    /// Bytes from the client.
    case readable
    /// Room for bytes to the client.
    case writable
    /// The end of a time, in nanoseconds. If it is blocking, the worker is to do nothing else meanwhile, like a program that
    /// waits for a database.
    case time(UInt64, isBlocking: Bool)
    /// Nothing: it is over, and its socket is to be closed.
    case closed
  }

  /// The socket.
  public let descriptor: Descriptor

  private var exchange: Exchange
  private var unsent: ArraySlice<UInt8> = []
  private var sendingSince: UInt64 = 0
  /// Whether nothing more is received or sent.
  private var isOver = false
  /// The time since when what the client still sends is discarded, so that it receives the last answer: closing a socket with
  /// bytes that were not received resets the connection, and the answer may be lost (RFC 9112, section 9.6).
  private var lingeringSince: UInt64?
  /// The events for which an event loop watches the socket.
  var interest = EventQueue.Interest.reading

  /// The time for a client to receive what is sent, in nanoseconds.
  public static let sendTime: UInt64 = 30_000_000_000
  /// The time for a client to close after its last answer, in nanoseconds.
  private static let lingerTime: UInt64 = 2_000_000_000

  /// Creates a connection that was just accepted.
  ///
  /// - Parameter now: The time by the monotonic clock.
  public init(_ descriptor: Descriptor, now: UInt64) {
    self.descriptor = descriptor
    exchange = Exchange(now: now)
  }

  /// Whether no request has begun, and nothing is left to send.
  public var isIdle: Bool { exchange.isIdle && unsent.isEmpty }

  /// The time, by the monotonic clock, at which the client has taken too long; `nil` while it is not the client that is waited for.
  public var deadline: UInt64? {
    if !unsent.isEmpty { return sendingSince + Self.sendTime }
    if let lingeringSince { return lingeringSince + Self.lingerTime }
    return exchange.next == .more ? exchange.deadline : nil
  }

  /// Goes on when the socket is ready: receives, answers and sends, none of which waits.
  ///
  /// - Parameter waits: Whether it first waits for something to arrive, which wakes the worker, as
  ///   `Descriptor.receiveWaiting(atMost:)` allows; a client for which that is too long has its time over.
  /// - Returns: What to wait for next.
  public func advance(as worker: ServiceWorker, waits: Bool = false) -> Wait {
    if !unsent.isEmpty { return sendRest(as: worker) }
    // An event of a connection that waits for a time is its end.
    if case .time = exchange.next { return end(as: worker) }
    let transfer = descriptor.receive(into: worker.buffer, waits: waits)
    if waits { worker.wake() }
    switch transfer {
    case .bytes(let count): return receive(UnsafeRawBufferPointer(worker.buffer)[..<count], as: worker)
    case .wouldBlock: return waits ? expire(as: worker) : wait(as: worker)
    case .ended: return end(as: worker)
    }
  }

  private func receive(_ bytes: Slice<UnsafeRawBufferPointer>, as worker: ServiceWorker) -> Wait {
    // What comes after the last answer is discarded.
    if lingeringSince != nil { return .readable }
    exchange.receive(UnsafeRawBufferPointer(rebasing: bytes), as: worker)
    return send(as: worker)
  }

  /// Goes on when a time has come for which it waited.
  ///
  /// - Returns: What to wait for next.
  public func finishWait(as worker: ServiceWorker) -> Wait {
    exchange.finishWait(as: worker)
    return send(as: worker)
  }

  /// Ends a connection whose time is over. A client that has begun a request is told. What has come at the last moment counts, or
  /// while the worker was busy: then it was not the client that took too long.
  ///
  /// - Returns: What to wait for next.
  public func expire(as worker: ServiceWorker) -> Wait {
    if !unsent.isEmpty || lingeringSince != nil { return end(as: worker) }
    let wasIdle = isIdle
    let wait = advance(as: worker)
    if wait != .readable || (wasIdle ? !isIdle : exchange.deadline > worker.now) { return wait }
    exchange.expire(as: worker)
    return send(as: worker)
  }

  /// Gives up a connection that has ended.
  ///
  /// - Returns: `.closed`.
  @discardableResult
  public func end(as worker: ServiceWorker) -> Wait {
    exchange.abandon(as: worker)
    (unsent, isOver) = ([], true)
    return .closed
  }

  /// Returns what to wait for after all has been sent that can be.
  private func wait(as worker: ServiceWorker) -> Wait {
    if isOver { return .closed }
    if !unsent.isEmpty { return .writable }
    switch exchange.next {
    case .more: return .readable
    case .time(let nanoseconds, let isBlocking): return .time(nanoseconds, isBlocking: isBlocking)
    case .nothing(let lingers):
      if !lingers { return .closed }
      if lingeringSince == nil {
        descriptor.endSending()
        lingeringSince = worker.now
      }
      return .readable
    }
  }

  /// Sends the worker's output, and keeps what the client does not take at once.
  private func send(as worker: ServiceWorker) -> Wait {
    let sent = sendAll(worker.output[...], as: worker)
    if sent < worker.output.count, !isOver {
      unsent = ArraySlice(worker.output[sent...])
      sendingSince = worker.now
    }
    worker.output.removeAll(keepingCapacity: true)
    return wait(as: worker)
  }

  private func sendRest(as worker: ServiceWorker) -> Wait {
    let sent = sendAll(unsent, as: worker)
    if sent > 0 { sendingSince = worker.now }
    unsent = unsent.dropFirst(sent)
    if unsent.isEmpty { unsent = [] }
    return wait(as: worker)
  }

  /// Sends bytes until the client takes no more, and returns how many.
  private func sendAll(_ bytes: ArraySlice<UInt8>, as worker: ServiceWorker) -> Int {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        switch descriptor.send(UnsafeRawBufferPointer(rebasing: bytes[sent...])) {
        case .bytes(let count): sent += count
        case .wouldBlock: return sent
        case .ended:
          end(as: worker)
          return sent
        }
      }
      return sent
    }
  }
}
