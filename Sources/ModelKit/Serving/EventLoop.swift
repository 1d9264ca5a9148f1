/// An event loop: one thread that serves any number of connections, because it waits for all of them at once.
///
/// It asks the system which sockets are ready (`epoll_wait`, `kevent`), lets each connection go on for as far as it can without
/// waiting, and asks again. While it computes an answer, all others wait.
public final class EventLoop {
  private static let listenerToken = UInt64.max
  private static let drainToken = UInt64.max - 1
  private static let channelToken = UInt64.max - 2

  private let worker: ServiceWorker
  private let service: Service
  private let queue: EventQueue
  private var connections: SlotMap<ServerConnection>
  private var times = DeadlineHeap()
  private var nextSweep: UInt64
  /// The source of connections; `nil` if no more are taken.
  private var source: ConnectionSource?
  private var isAccepting = true
  private var isDraining = false

  /// The source of an event loop's connections.
  public enum ConnectionSource: Sendable {
    /// A listener; whether other processes watch it too.
    case listener(Listener, isShared: Bool)
    /// The receiving end of a channel, at whose other end another process gives the connections that it has accepted.
    case channel(Descriptor)
  }

  /// Creates an event loop on the thread that is to run it.
  ///
  /// - Throws: `SystemError`.
  public init(_ number: Int, of service: Service, from source: ConnectionSource) throws(SystemError) {
    self.service = service
    self.source = source
    worker = ServiceWorker(number, of: service, hasOwnCPUTime: true)
    queue = try EventQueue()
    connections = SlotMap()
    nextSweep = worker.now + Service.sweepInterval
    // The sender of a channel closes it when the service drains, after the last connection.
    if case .listener = source { try queue.watch(service.drainSignal, as: Self.drainToken) }
    try watchSource()
  }

  /// Serves until the service drains and every connection has ended.
  ///
  /// - Throws: `SystemError`.
  public func run() throws(SystemError) {
    while source != nil || !connections.isEmpty {
      var isAwake = false
      try queue.wait(for: timeout) { event in
        if !isAwake { worker.beginWork() }
        isAwake = true
        switch event.token {
        case Self.listenerToken, Self.channelToken: accept()
        case Self.drainToken: drain()
        default: goOn(event.token)
        }
      }
      worker.wake()
      endWaits()
      if worker.now >= nextSweep { sweep() }
    }
  }

  /// The connections that are accepted from a listener of its own before others go on.
  private static let acceptedAtOnce = 64

  /// The time until something has to be done without an event.
  private var timeout: UInt64? {
    if connections.isEmpty, isAccepting, !service.isDraining { return nil }
    let next = min(times.first?.time ?? .max, nextSweep)
    return next > worker.now ? next - worker.now : 0
  }
}

/// Connections that come.
extension EventLoop {
  private func watchSource() throws(SystemError) {
    switch source {
    case .listener(let listener, let isShared):
      try queue.watch(
        listener.descriptor, as: Self.listenerToken, for: isShared ? .sharedListener : .reading)
    case .channel(let channel): try queue.watch(channel, as: Self.channelToken)
    case nil: break
    }
    isAccepting = true
  }

  /// Takes connections. From a shared listener it takes one and goes to the end of the line: Linux wakes the first process that
  /// waits, so that one of them would get nearly all.
  private func accept() {
    guard case .listener(let listener, isShared: true) = source else {
      for _ in 0..<Self.acceptedAtOnce { if !acceptNext() { return } }
      return
    }
    guard acceptNext(), isAccepting else { return }
    queue.unwatch(listener.descriptor)
    do { try watchSource() } catch { isAccepting = false }
  }

  /// Takes one connection, and returns whether there was one.
  private func acceptNext() -> Bool {
    do throws(SystemError) {
      let descriptor: Descriptor? =
        switch source {
        case .listener(let listener, _): try listener.accept()
        case .channel(let channel): try channel.take()
        case nil: nil
        }
      guard let descriptor else { return false }
      let connection = ServerConnection(descriptor, now: worker.now)
      try queue.watch(descriptor, as: connections.insert(connection))
      return true
    } catch {
      // Nobody gives connections any more: the service drains. `drain` itself comes here too.
      if !error.isBrokenPipe { pauseAccepting() } else if !isDraining { drain() }
      return false
    }
  }

  /// Takes no more connections until the next sweep: those that wait would be reported again and again.
  private func pauseAccepting() {
    switch source {
    case .listener(let listener, _): queue.unwatch(listener.descriptor)
    case .channel(let channel): queue.unwatch(channel)
    case nil: break
    }
    isAccepting = false
  }

  /// Begins to drain. From a listener it still takes the connections that are being made.
  private func drain() {
    isDraining = true
    queue.unwatch(service.drainSignal)
    service.drain()
    nextSweep = worker.now + Service.pause
    if case .listener(let listener, _) = source { listener.holdOff() } else { takeLast() }
  }

  /// Takes the connections that have been made, and no more.
  private func takeLast() {
    while source != nil, acceptNext() {}
    if case .listener(let listener, _) = source { listener.stop() }
    pauseAccepting()
    source = nil
  }
}

/// Connections that are open.
extension EventLoop {
  private func goOn(_ token: UInt64) {
    guard let connection = connections[token] else { return }
    settle(connection, token, connection.advance(as: worker))
  }

  /// Arranges for a connection to go on when what it waits for has come.
  private func settle(_ connection: ServerConnection, _ token: UInt64, _ wait: ServerConnection.Wait) {
    var wait = wait
    while case .time(let nanoseconds, isBlocking: true) = wait {
      Clock.sleep(until: Clock.monotonic.now() + nanoseconds)
      worker.wake()
      wait = connection.finishWait(as: worker)
    }
    var interest: EventQueue.Interest = []
    switch wait {
    case .readable: interest = .reading
    case .writable: interest = .writing
    case .time(let nanoseconds, _): times.insert(token, at: Clock.monotonic.now() + nanoseconds)
    case .closed:
      connections.remove(token)
      return
    }
    if interest == connection.interest { return }
    connection.interest = interest
    do { try queue.change(connection.descriptor, as: token, to: interest) } catch {
      connection.end(as: worker)
      connections.remove(token)
    }
  }

  private func endWaits() {
    while let entry = times.popFirst(until: worker.now) {
      guard let connection = connections[entry.token] else { continue }
      settle(connection, entry.token, connection.finishWait(as: worker))
    }
  }

  /// Ends the connections whose clients take too long, and tries again to take connections.
  private func sweep() {
    nextSweep = worker.now + (service.isDraining ? Service.pause : Service.sweepInterval)
    if isDraining { takeLast() }
    for token in connections.keys {
      guard let connection = connections[token] else { continue }
      if service.isOver(deadline: connection.deadline, isIdle: connection.isIdle, at: worker.now) {
        settle(connection, token, connection.expire(as: worker))
      }
    }
    if source != nil, !isAccepting {
      do { try watchSource() } catch { isAccepting = false }
    }
  }
}
