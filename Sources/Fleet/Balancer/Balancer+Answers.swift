import HTTP
import Platform

/// Answers on their way to a client.
extension Balancer {
  func advance(_ upstream: TargetConnection, _ event: EventQueue.Event) {
    let name = upstream.target.name
    guard let client = upstream.client else {
      // The target closes a kept connection, or sends an answer without a request.
      upstream.target.idle.removeAll { $0 === upstream }
      return close(upstream)
    }
    if upstream.interest.isEmpty {
      if upstream.interestChanged != round { fail(upstream, .broken("target \(name) broke the connection")) }
      return
    }
    if event.isWritable, upstream.interest.contains(.writing) {
      if !upstream.isConnected, upstream.descriptor.connectionError() != 0 {
        return fail(upstream, .broken("target \(name) refuses connections"))
      }
      upstream.isConnected = true
      forward(client, to: upstream)
      settle(client)
      if upstream.client == nil { return }
    }
    if event.isReadable, upstream.interest.contains(.reading) { receive(from: upstream, for: client) }
  }

  private func receive(from upstream: TargetConnection, for client: ClientConnection) {
    switch upstream.descriptor.receive(into: buffer) {
    case .wouldBlock: break
    case .ended(let code):
      if code == 0, let answer = upstream.answer, answer.body.endsWithConnection {
        finish(upstream, client, answer.head, isReusable: false)
      } else {
        let isWithin = upstream.hasAnswer ? "within the answer" : "before it answered"
        fail(upstream, .broken("target \(upstream.target.name) closed the connection \(isWithin)"))
      }
    case .bytes(let count):
      (upstream.hasAnswer, upstream.heardAt) = (true, now)
      take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), from: upstream, for: client)
    }
  }

  private func take(
    _ bytes: UnsafeRawBufferPointer, from upstream: TargetConnection, for client: ClientConnection
  ) {
    if upstream.answer != nil { return passBody(bytes, from: upstream, to: client) }
    if upstream.kept.isEmpty {
      let used = passHeads(bytes.bytes, from: upstream, to: client)
      if upstream.answer == nil, upstream.client != nil {
        upstream.kept.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[used...]))
      }
    } else {
      var kept: [UInt8] = []
      swap(&kept, &upstream.kept)
      kept.append(contentsOf: bytes)
      let used = passHeads(kept.span.bytes, from: upstream, to: client)
      if upstream.answer == nil, upstream.client != nil {
        kept.removeSubrange(..<used)
        upstream.kept = kept
      }
    }
  }

  /// Passes on the heads in some bytes, interim ones too, and the part of the body after them. Returns the number of bytes that were
  /// used if the final head is not among them.
  private func passHeads(
    _ bytes: RawSpan, from upstream: TargetConnection, to client: ClientConnection
  ) -> Int {
    guard let request = client.request else { return bytes.byteCount }
    var start = 0
    while true {
      let rest = bytes.extracting(start...)
      switch upstream.parser.nextHead(rest, answering: request.method) {
      case .needsMore:
        // Interim responses leave at once: a client may wait for one before it sends its body.
        if !output.isEmpty { sendOutput(to: client) }
        if !client.isClosed { settle(client) }
        return start
      case .failure(let error):
        output.removeAll(keepingCapacity: true)
        fail(upstream, .broken("target \(upstream.target.name) sent a malformed answer: \(error)"))
        return bytes.byteCount
      case .interim(let head, let length):
        if request.version == .http11 {
          head.append(rest, adding: HeaderBlock(), for: .http11, closes: false, into: &output)
        }
        start += length
      case .head(let head, let length, let body):
        pass(head, body, of: rest, to: client, from: upstream)
        passFirstBody(rest.extracting(length...), from: upstream, to: client)
        return bytes.byteCount
      }
    }
  }

  /// Writes the final head for the client.
  private func pass(
    _ head: PassedResponse, _ body: MessageBody, of bytes: RawSpan, to client: ClientConnection,
    from upstream: TargetConnection
  ) {
    guard let request = client.request else { return }
    upstream.answer = (head, body)
    // The rest of a request that is answered early would be taken for the next request.
    let isSent = client.body.isComplete && client.isForwarded
    let losesChunks = request.version == .http10 && body.isChunked
    client.closesAfterAnswer =
      !request.keepsAlive || endBegan != nil || !isSent || losesChunks || body.endsWithConnection
    head.append(
      bytes, adding: upstream.target.servedBy, for: request.version, closes: client.closesAfterAnswer,
      dropsTransferEncoding: losesChunks, into: &output)
  }

  /// Passes on the bytes of the body that came with the head, in the same transfer.
  private func passFirstBody(_ bytes: RawSpan, from upstream: TargetConnection, to client: ClientConnection) {
    guard let used = takeBody(bytes, from: upstream, for: client, isCopied: true) else {
      output.removeAll(keepingCapacity: true)
      return
    }
    sendOutput(to: client)
    finishIfComplete(upstream, client, hasExcess: used < bytes.byteCount)
  }

  private func passBody(
    _ bytes: UnsafeRawBufferPointer, from upstream: TargetConnection, to client: ClientConnection
  ) {
    let isCopied = client.request?.version == .http10
    guard let used = takeBody(bytes.bytes, from: upstream, for: client, isCopied: isCopied) else { return }
    if isCopied {
      sendOutput(to: client)
    } else {
      send(UnsafeRawBufferPointer(rebasing: bytes[..<used]), to: client)
    }
    finishIfComplete(upstream, client, hasExcess: used < bytes.count)
  }

  /// Takes the bytes of an answer's body from the start of some bytes. Returns `nil` if they are malformed.
  ///
  /// - Parameter isCopied: Whether they are appended to the output, without chunks for a client of HTTP/1.0.
  private func takeBody(
    _ bytes: RawSpan, from upstream: TargetConnection, for client: ClientConnection, isCopied: Bool
  ) -> Int? {
    do throws(ChunkError) {
      if isCopied, client.request?.version == .http10 {
        return try upstream.answer?.body.take(bytes, appendingDataTo: &output)
      }
      let used = try upstream.answer?.body.take(bytes)
      if isCopied, let used { output.append(bytes.extracting(..<used)) }
      return used
    } catch {
      fail(upstream, .broken("target \(upstream.target.name) sent a malformed body: \(error)"))
      return nil
    }
  }

  private func finishIfComplete(_ upstream: TargetConnection, _ client: ClientConnection, hasExcess: Bool) {
    if client.isClosed { return }
    guard let answer = upstream.answer, answer.body.isComplete else {
      settle(upstream)
      settle(client)
      return
    }
    finish(upstream, client, answer.head, isReusable: answer.head.keepsAlive && !hasExcess)
  }

  /// Ends a request that was answered.
  private func finish(
    _ upstream: TargetConnection, _ client: ClientConnection, _ head: PassedResponse, isReusable: Bool
  ) {
    let target = upstream.target
    let isSent = client.body.isComplete && client.isForwarded
    if head.status.rawValue >= 500 { target.failed += 1 }
    target.answered += 1
    answered += 1
    latency.record(now - client.begun)
    detach(upstream)
    upstream.answer = nil
    if isReusable, isSent, !target.isRemoved, target.health.state != .drained,
      target.idle.count < settings.idlePerTarget
    {
      upstream.isUsed = true
      target.idle.append(upstream)
      settle(upstream)
    } else {
      close(upstream)
    }
    client.endExchange()
    client.since = now
    client.state = client.closesAfterAnswer ? .closing(lingers: !isSent || !client.kept.isEmpty) : .waiting
    if !client.closesAfterAnswer { parseKept(of: client) }
    if client.hasEnded, client.isIdle { return close(client) }
    settle(client)
  }
}

/// Requests that fail.
extension Balancer {
  /// Ends a request whose target failed. It is sent again if that is safe (RFC 9110, section 9.2.2): nothing of an answer has come,
  /// and it is a GET or HEAD or nothing of it was sent.
  func fail(_ upstream: TargetConnection, _ failure: ExchangeFailure, mayRepeat: Bool = true) {
    let target = upstream.target
    guard let client = upstream.client else {
      target.idle.removeAll { $0 === upstream }
      return close(upstream)
    }
    let hasBegun = upstream.answer != nil
    var repeats = mayRepeat && !client.wasRepeated && !upstream.hasAnswer
    repeats = repeats && (client.isRepeatable || !upstream.isConnected)
    if case .late = failure { repeats = false }
    // A target that closes a connection that it kept for a while has failed nothing.
    if !(repeats && upstream.isUsed) { target.failed += 1 }
    detach(upstream)
    close(upstream)
    if repeats {
      client.wasRepeated = true
      client.outgoingSent = 0
      dispatch(client, avoiding: target)
    } else if hasBegun {
      failed += 1
      reset(client)
    } else {
      answer(client, failure)
    }
    parseKept(of: client)
    settle(client)
  }

  /// Answers a request that no target answered.
  func answer(_ client: ClientConnection, _ failure: ExchangeFailure) {
    guard let request = client.request else { return }
    failed += 1
    let closes = !client.body.isComplete || endBegan != nil
    setDate()
    var text = "\(failure.status.rawValue) \(failure.status.reason): \(failure.reason)\n"
    text.withUTF8 { body in
      writer.append(
        failure.status, headers: Self.plainText, body: UnsafeRawBufferPointer(body).bytes, to: request,
        closes: closes, into: &output)
    }
    client.endExchange()
    client.since = now
    client.state =
      closes || !request.keepsAlive ? .closing(lingers: closes || !client.kept.isEmpty) : .waiting
    sendOutput(to: client)
  }

  private static let plainText =
    (try? HeaderBlock(["Content-Type": "text/plain; charset=utf-8"])) ?? HeaderBlock()

  /// Breaks a connection whose answer cannot be completed, so that the client does not take it for complete.
  func reset(_ client: ClientConnection) {
    client.descriptor.resetOnClose()
    close(client)
  }
}
