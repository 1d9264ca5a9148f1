import Platform
import Records

/// Opening and closing connections.
extension GeneratorThread {
  /// The most connections that are being opened at a time, so that a server's queue does not overflow.
  static let mostOpening = 256
  /// The time before a connection that has failed is opened again, in nanoseconds.
  private static let failurePause: UInt64 = 10_000_000

  /// Makes all connections ready to be opened: now, or when a request needs one.
  func prepareConnections(at now: UInt64) {
    for connection in connections {
      if connection.place == 0, let descriptor = plan.first?.take() {
        connection.open(descriptor, at: now, parser: blankParser)
        connectionsOpened += 1
        connection.state = .idle
        if watch(connection, for: .reading, at: now) { makeFree(connection) }
      } else {
        reopen(connection)
      }
    }
  }

  /// Returns whether a connection that is in the queue of the free ones still is.
  func canTakeRequest(_ connection: ClientConnection) -> Bool {
    connection.state == .idle || (isConnectionPerRequest && connection.state == .closed)
  }

  /// Opens the connections whose time has come.
  ///
  /// - Returns: The last reading of the clock.
  func openConnections(at time: UInt64) -> UInt64 {
    var now = time
    if let first = paused.first, first.until <= now {
      let count = paused.prefix { $0.until <= now }.count
      for (place, _) in paused.prefix(count) { reopen(connections[place]) }
      paused.removeFirst(count)
    }
    while openingCount < Self.mostOpening, let place = toOpen.popLast() {
      open(connections[place], at: now)
      now = Clock.monotonic.now()
    }
    return now
  }

  /// Begins to open a connection. If it has a request, that is sent at once if possible.
  func open(_ connection: ClientConnection, at now: UInt64) {
    let descriptor: Descriptor
    do throws(SystemError) {
      descriptor = try Descriptor.connecting(
        to: plan.settings.target.address, port: plan.settings.target.port)
    } catch {
      fail(connection, RequestFailure(ConnectionFailure(code: error.code), sent: false), at: now)
      return
    }
    connection.open(descriptor, at: now, parser: blankParser)
    connectionsOpened += 1
    openingCount += 1
    connection.state = .opening
    _ = watch(connection, for: [.reading, .writing], at: now)
  }

  /// Goes on when a connection is established, or has failed to be.
  func finishOpening(_ connection: ClientConnection, at now: UInt64) {
    guard let code = connection.descriptor?.connectionError() else { return }
    if code != 0 {
      fail(connection, RequestFailure(ConnectionFailure(code: code), sent: false), at: now)
      return
    }
    openingCount -= 1
    if connection.hasRequest {
      connection.state = .busy
      send(connection, at: now)
    } else {
      connection.state = .idle
      setInterest(of: connection, to: .reading, at: now)
      if connection.state == .idle { makeFree(connection) }
    }
  }

  /// Makes a connection take the next request when its turn comes.
  func makeFree(_ connection: ClientConnection) {
    if connection.state != .closed { connection.state = .idle }
    if connection.isQueued { return }
    connection.isQueued = true
    free.append(connection.place)
  }

  /// Lets a closed connection be opened at once, or by the next request.
  private func reopen(_ connection: ClientConnection) {
    if isConnectionPerRequest { makeFree(connection) } else { toOpen.append(connection.place) }
  }

  /// Closes a connection without a request. It is opened again: after a pause if it has not been of use, so that a server that
  /// closes every connection keeps no core busy.
  func closeIdle(_ connection: ClientConnection, at now: UInt64) {
    let wasUseful = connection.answers > 0
    connection.close()
    if wasUseful { reopen(connection) } else { pause(connection, at: now) }
  }

  private func pause(_ connection: ClientConnection, at now: UInt64) {
    paused.append((connection.place, now + Self.failurePause))
  }

  /// Closes a connection that has failed, and counts its request as failed. If it has none because it could not be opened,
  /// the request that has waited longest has failed: it would have been sent over it.
  func fail(_ connection: ClientConnection, _ kind: RequestFailure, at now: UInt64) {
    if connection.state == .opening { openingCount -= 1 }
    if connection.hasRequest {
      requestCount -= 1
      tally.fail(kind, due: connection.due, wasSent: connection.offset > 0, at: now)
    } else if let request = due.take(at: now) {
      tally.take(due: request.due)
      tally.fail(kind, due: request.due, wasSent: false, at: now)
    }
    connection.close()
    pause(connection, at: now)
  }

  /// Fails the requests, and the connections that are being opened, that take too long.
  func failOverdue(at now: UInt64) {
    for connection in connections where connection.isOverdue(at: now, timeout: timeout) {
      fail(connection, .timeout, at: now)
    }
  }

  /// Watches a new connection. Returns `false` if that failed.
  private func watch(
    _ connection: ClientConnection, for interest: EventQueue.Interest, at now: UInt64
  ) -> Bool {
    guard let descriptor = connection.descriptor else { return false }
    do throws(SystemError) {
      try queue.watch(descriptor, as: connection.token, for: interest)
      connection.interest = interest
      return true
    } catch {
      fail(connection, .localLimit, at: now)
      return false
    }
  }

  /// Changes the events for which a connection is watched, if they differ.
  func setInterest(of connection: ClientConnection, to interest: EventQueue.Interest, at now: UInt64) {
    if connection.interest == interest { return }
    guard let descriptor = connection.descriptor else { return }
    do throws(SystemError) {
      try queue.change(descriptor, as: connection.token, to: interest)
      connection.interest = interest
    } catch {
      fail(connection, .localLimit, at: now)
    }
  }
}

extension RequestFailure {
  /// The kind of a failed connection.
  ///
  /// - Parameter sent: Whether a request was sent over it.
  init(_ failure: ConnectionFailure, sent: Bool) {
    switch failure {
    case .refused: self = sent ? .connectionReset : .connectionRefused
    case .timedOut: self = .timeout
    case .localLimit: self = .localLimit
    case .reset, .unconnected: self = .connectionReset
    }
  }
}
