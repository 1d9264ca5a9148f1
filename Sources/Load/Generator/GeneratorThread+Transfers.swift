import HTTP
import Platform
import Records

/// Sending requests and receiving answers.
extension GeneratorThread {
  /// Handles an event of the queue.
  func handle(_ event: EventQueue.Event, at now: UInt64) {
    let place = Int(truncatingIfNeeded: event.token & 0xFFFF_FFFF)
    guard event.token != Self.interruptedToken, place < connections.count else { return }
    let connection = connections[place]
    // An event of an earlier connection in the same place.
    if connection.token != event.token { return }
    switch connection.state {
    case .closed: break
    case .opening: finishOpening(connection, at: now)
    case .idle: if event.isReadable { receiveIdle(connection, at: now) }
    case .busy:
      if event.isWritable, connection.interest.contains(.writing) { send(connection, at: now) }
      if event.isReadable, connection.state == .busy { receive(connection, at: now) }
    }
  }

  /// Sends a request that was due, over a free connection or over a new one.
  @inline(__always)
  func begin(_ request: DueRequests.Request, on connection: ClientConnection, at now: UInt64, waited: Bool) {
    tally.take(due: request.due)
    requestCount += 1
    connection.hasRequest = true
    connection.due = request.due
    connection.sentAt = now
    connection.entry = plan.settings.paths.entry(ofRequest: request.index)
    connection.offset = 0
    connection.waited = waited
    if connection.state == .idle {
      connection.state = .busy
      send(connection, at: now)
    } else {
      open(connection, at: now)
    }
  }

  /// Sends the rest of a request.
  func send(_ connection: ClientConnection, at now: UInt64) {
    guard let descriptor = connection.descriptor else { return }
    let range = plan.requests.ranges[connection.entry]
    let transfer = plan.requests.bytes.withUnsafeBytes { bytes in
      descriptor.send(
        UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound + connection.offset..<range.upperBound]))
    }
    switch transfer {
    case .bytes(let count):
      if connection.offset == 0 {
        tally.send(due: connection.due, at: connection.sentAt, waited: connection.waited)
      }
      tally.transfer(due: connection.due, sent: count)
      connection.offset += count
      let isComplete = connection.offset == range.count
      setInterest(of: connection, to: isComplete ? .reading : [.reading, .writing], at: now)
    case .wouldBlock: setInterest(of: connection, to: [.reading, .writing], at: now)
    case .ended(let code):
      if connection.offset == 0, connection.answers > 0 {
        sendAgain(connection, at: now)
      } else {
        fail(connection, RequestFailure(ConnectionFailure(code: code), sent: true), at: now)
      }
    }
  }

  /// Sends a request over a new connection because the server has closed the idle one. Nothing was sent over that.
  private func sendAgain(_ connection: ClientConnection, at now: UInt64) {
    connection.close()
    connection.hasRequest = true
    open(connection, at: now)
  }

  /// Receives what arrives over a connection without a request. The end is no failure: servers close idle connections.
  private func receiveIdle(_ connection: ClientConnection, at now: UInt64) {
    guard let descriptor = connection.descriptor else { return }
    if descriptor.receive(into: buffer) != .wouldBlock { closeIdle(connection, at: now) }
  }

  /// Receives an answer, or a part of it.
  private func receive(_ connection: ClientConnection, at now: UInt64) {
    guard let descriptor = connection.descriptor else { return }
    let kept = connection.head.count
    if kept > 0 { buffer.copyBytes(from: connection.head) }
    switch descriptor.receive(into: UnsafeMutableRawBufferPointer(rebasing: buffer[kept...])) {
    case .wouldBlock: break
    case .bytes(let count):
      tally.transfer(due: connection.due, received: count)
      let filled = UnsafeRawBufferPointer(rebasing: buffer[..<(kept + count)])
      take(connection.parser.parse(filled.bytes), of: kept + count, from: connection, at: now)
    case .ended(0): take(connection.parser.end(), of: 0, from: connection, at: now)
    case .ended(let code):
      fail(connection, RequestFailure(ConnectionFailure(code: code), sent: true), at: now)
    }
  }

  /// Goes on with what the parser found in `count` bytes.
  @inline(__always)
  private func take(
    _ progress: ResponseProgress, of count: Int, from connection: ClientConnection, at now: UInt64
  ) {
    switch progress {
    case .needsMore(let kept):
      if kept > 0 || !connection.head.isEmpty { connection.head = Array(buffer[..<kept]) }
    case .response(let response, let consumed):
      if !connection.head.isEmpty { connection.head.removeAll(keepingCapacity: true) }
      complete(response, hasMore: consumed < count, on: connection, at: now)
    case .failure(let error): fail(connection, RequestFailure(error), at: now)
    }
  }

  /// Counts a complete answer, and makes the connection ready for the next request.
  @inline(__always)
  private func complete(
    _ response: Response, hasMore: Bool, on connection: ClientConnection, at now: UInt64
  ) {
    if let kind = failure(of: response, hasMore: hasMore, on: connection, at: now) {
      if kind == .timeout || kind == .malformed || connection.offset < requestSize(of: connection) {
        fail(connection, kind, at: now)
        return
      }
      tally.fail(kind, due: connection.due, wasSent: true, at: now)
    } else {
      tally.answer(due: connection.due, sent: connection.sentAt, at: now)
      if let name = response.header, tally.counts(connection.due) {
        workers.count(name, near: &connection.worker)
      }
    }
    requestCount -= 1
    connection.hasRequest = false
    connection.answers += 1
    if response.keepsAlive, !isConnectionPerRequest {
      makeFree(connection)
    } else {
      closeIdle(connection, at: now)
    }
  }

  /// Returns the reason that a complete answer is a failure; `nil` if it is correct.
  @inline(__always)
  private func failure(
    of response: Response, hasMore: Bool, on connection: ClientConnection, at now: UInt64
  ) -> RequestFailure? {
    if now > connection.sentAt, now - connection.sentAt > timeout { return .timeout }
    // More than one answer, or an answer before the request was complete.
    if hasMore { return .malformed }
    if !plan.settings.method.accepts(response.status) { return .badStatus }
    let entry = plan.settings.paths.entries[connection.entry]
    if entry.answer != nil, plan.settings.method == .get {
      let body = connection.parser.bodyBytes
      if body.count != response.bodyLength || !entry.accepts(body) { return .wrongAnswer }
    }
    return connection.offset < requestSize(of: connection) ? .malformed : nil
  }

  private func requestSize(of connection: ClientConnection) -> Int {
    plan.requests.ranges[connection.entry].count
  }
}

extension RequestFailure {
  /// The kind of an unacceptable answer.
  init(_ error: ResponseError) {
    switch error {
    case .headTooLarge, .tooManyHeaders, .bodyTooLarge, .tooManyInterimResponses: self = .tooLarge
    case .noResponse, .truncated: self = .closedEarly
    default: self = .malformed
    }
  }
}
