import HTTP
import Platform

/// Connections of clients.
extension Balancer {
  func advance(_ client: ClientConnection, _ event: EventQueue.Event) {
    if client.interest.isEmpty {
      // Only its break is reported, or an event from before the interest changed.
      if client.interestChanged != round { abandon(client) }
      return
    }
    if event.isWritable, !client.unsent.isEmpty { sendRest(to: client) }
    if event.isReadable, client.interest.contains(.reading) { receive(from: client) }
    settle(client)
  }

  private func receive(from client: ClientConnection) {
    switch client.descriptor.receive(into: buffer) {
    case .wouldBlock: break
    case .ended(0): finishReceiving(from: client)
    case .ended: abandon(client)
    case .bytes(let count): take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), from: client)
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, from client: ClientConnection) {
    switch client.state {
    case .waiting:
      if !client.kept.isEmpty {
        client.kept.append(contentsOf: bytes)
        parseKept(of: client)
        return
      }
      if client.parser.phase == .idle { client.since = now }
      let used = parse(bytes.bytes, of: client)
      if used < bytes.count, !client.isClosed {
        client.kept.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[used...]))
      }
    case .exchanging:
      var used = 0
      if !client.body.isComplete {
        client.since = now
        used = takeBody(bytes.bytes, of: client)
      }
      if used < bytes.count, case .exchanging = client.state {
        client.kept.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[used...]))
      }
    case .closing, .lingering, .closed: break
    }
  }

  /// Handles the end of a client's stream. A client may end it after its last request and still receive the answer.
  private func finishReceiving(from client: ClientConnection) {
    client.hasEnded = true
    switch client.state {
    case .exchanging: if !client.body.isComplete { abandon(client) }
    case .waiting, .lingering: close(client)
    case .closing, .closed: break
    }
  }

  /// Begins the next of the requests that were received while another was in flight.
  func parseKept(of client: ClientConnection) {
    if client.isParsing || client.kept.isEmpty { return }
    var bytes: [UInt8] = []
    swap(&bytes, &client.kept)
    let used = parse(bytes.span.bytes, of: client)
    if client.isClosed { return }
    if used == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= ClientConnection.keptCapacity)
    } else {
      bytes.removeSubrange(..<used)
    }
    client.kept = bytes
  }

  /// Begins the requests in some bytes, until one is in flight, and returns how many bytes were used.
  private func parse(_ bytes: RawSpan, of client: ClientConnection) -> Int {
    client.isParsing = true
    defer { client.isParsing = false }
    var start = 0
    while case .waiting = client.state, client.unsent.isEmpty, start < bytes.byteCount {
      let rest = bytes.extracting(start...)
      switch client.parser.nextHead(rest) {
      case .needsMore:
        if client.hasEnded { close(client) }
        return start
      case .failure(let error):
        refuse(client, error)
        return bytes.byteCount
      case .head(let request, let length, let body):
        begin(request, body, of: client, in: rest)
        start += length
        if !body.isComplete, case .exchanging = client.state {
          start += takeBody(bytes.extracting(start...), of: client)
        }
        if case .exchanging = client.state { dispatch(client) }
      }
    }
    return start
  }

  /// Answers an invalid request. Everything that the client sends afterwards is discarded.
  func refuse(_ client: ClientConnection, _ error: RequestError) {
    setDate()
    writer.append(error, into: &output)
    client.state = .closing(lingers: true)
    sendOutput(to: client)
  }

  /// Sets the date of the next answer that the balancer makes itself.
  func setDate() {
    let date = HTTPDate.text(secondsSince1970: UTCTime.now().seconds)
    writer.headers = (try? HeaderBlock(["Date": date])) ?? HeaderBlock()
  }
}

/// Output to clients.
extension Balancer {
  /// Sends what was written to `output`.
  func sendOutput(to client: ClientConnection) {
    output.withUnsafeBytes { send($0, to: client) }
    output.removeAll(keepingCapacity: output.capacity <= 2 * Self.bufferSize)
  }

  /// Sends bytes, and keeps what the client does not take at once.
  func send(_ bytes: UnsafeRawBufferPointer, to client: ClientConnection) {
    if client.isClosed { return }
    var sent = 0
    while client.unsent.isEmpty, sent < bytes.count {
      switch client.descriptor.send(UnsafeRawBufferPointer(rebasing: bytes[sent...])) {
      case .bytes(let count): sent += count
      case .wouldBlock:
        client.unsent.append(contentsOf: bytes[sent...])
        client.since = now
        return
      case .ended:
        abandon(client)
        return
      }
    }
    if sent < bytes.count { client.unsent.append(contentsOf: bytes[sent...]) }
  }

  private func sendRest(to client: ClientConnection) {
    while client.sent < client.unsent.count {
      let transfer = client.unsent.withUnsafeBytes {
        client.descriptor.send(UnsafeRawBufferPointer(rebasing: $0[client.sent...]))
      }
      switch transfer {
      case .bytes(let count):
        client.sent += count
        client.since = now
      case .wouldBlock: return
      case .ended:
        abandon(client)
        return
      }
    }
    (client.unsent, client.sent) = ([], 0)
    if let upstream = client.upstream {
      // The target was not read from meanwhile: its time begins anew.
      upstream.heardAt = now
      settle(upstream)
    }
    parseKept(of: client)
  }

  /// Closes the connection if nothing is left to do; otherwise watches it for the events that it needs.
  func settle(_ client: ClientConnection) {
    if client.isParsing { return }
    if case .closing(let lingers) = client.state, client.unsent.isEmpty {
      if !lingers || client.hasEnded { return close(client) }
      client.descriptor.endSending()
      (client.state, client.since) = (.lingering, now)
    }
    if case .waiting = client.state, client.hasEnded, client.unsent.isEmpty { return close(client) }
    if client.isClosed { return }
    if !change(client, to: wanted(by: client)) { abandon(client) }
  }

  private func wanted(by client: ClientConnection) -> EventQueue.Interest {
    var interest: EventQueue.Interest = client.unsent.isEmpty ? [] : .writing
    let reads =
      switch client.state {
      case .waiting: client.unsent.isEmpty && !client.hasEnded
      case .exchanging:
        !client.hasEnded
          && (client.body.isComplete
            ? client.kept.count < settings.requestLimits.head : client.isForwarded)
      case .lingering: true
      case .closing, .closed: false
      }
    if reads { interest.insert(.reading) }
    return interest
  }

  /// Closes a connection whose client is gone, and gives up its request.
  func abandon(_ client: ClientConnection) {
    if let upstream = client.upstream {
      detach(upstream)
      close(upstream)
    }
    close(client)
  }

  func close(_ client: ClientConnection) {
    if client.isClosed { return }
    client.state = .closed
    client.kept = []
    client.unsent = []
    slots.remove(client.token)
    clients -= 1
  }
}
