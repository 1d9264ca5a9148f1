import HTTP
import Platform

/// The reason that no target answered a request.
enum ExchangeFailure {
  /// The connection to the target broke, or the target sent an invalid answer.
  case broken(String)
  /// No target is in service, or no connection can be opened.
  case unavailable(String)
  /// The target did not answer in time.
  case late(String)

  var status: Status {
    switch self {
    case .broken: .badGateway
    case .unavailable: .serviceUnavailable
    case .late: .gatewayTimeout
    }
  }

  var reason: String {
    switch self {
    case .broken(let reason), .unavailable(let reason), .late(let reason): reason
    }
  }
}

/// Requests on their way to a target.
extension Balancer {
  /// Begins a request whose head is complete.
  func begin(_ request: Request, _ body: MessageBody, of client: ClientConnection, in bytes: RawSpan) {
    requests += 1
    client.state = .exchanging
    (client.request, client.body) = (request, body)
    (client.begun, client.since) = (now, now)
    client.isRepeatable = (request.method == .get || request.method == .head) && body.isComplete
    (client.wasRepeated, client.closesAfterAnswer) = (false, false)
    request.appendHead(of: bytes, host: host, adding: client.forwardedFor, into: &client.outgoing)
  }

  /// Takes the bytes of a request's body from the start of some bytes, passes them on, and returns how many they are.
  func takeBody(_ bytes: RawSpan, of client: ClientConnection) -> Int {
    do throws(ChunkError) {
      let used = try client.body.take(bytes)
      client.outgoing.append(bytes.extracting(..<used))
      if let upstream = client.upstream { forward(client, to: upstream) }
      return used
    } catch {
      refuseBody(of: client, error)
      return bytes.byteCount
    }
  }

  /// Gives up a request whose body is malformed or too large.
  private func refuseBody(of client: ClientConnection, _ error: ChunkError) {
    if case .bodyTooLarge(let limit) = error {
      giveUp(client, because: .bodyTooLarge(limit: limit))
    } else {
      giveUp(client, because: .chunk(error))
    }
  }

  /// Gives up the request of a client because of a mistake in it. An answer that has begun is broken off.
  func giveUp(_ client: ClientConnection, because error: RequestError) {
    let hasAnswer = client.upstream?.answer != nil
    if let upstream = client.upstream {
      detach(upstream)
      close(upstream)
    }
    client.endExchange()
    if hasAnswer { reset(client) } else { refuse(client, error) }
  }

  /// Sends a request to a target: over a connection that is kept, or over a new one.
  ///
  /// - Parameter avoided: The target that has failed the request.
  func dispatch(_ client: ClientConnection, avoiding avoided: BalancedTarget? = nil) {
    guard let target = choose(avoiding: avoided) else {
      return answer(client, .unavailable("no target is in service"))
    }
    // A request is repeated over a new connection, which the target cannot have closed long ago.
    while avoided == nil, let upstream = target.idle.popLast() {
      attach(upstream, to: client)
      if send(client, to: upstream) { return settle(upstream) }
      if client.outgoingSent > 0 {
        return fail(upstream, .broken("target \(target.name) broke the connection"))
      }
      // It was closed long ago, and nothing of the request has left.
      detach(upstream)
      close(upstream)
    }
    do throws(SystemError) {
      let upstream = try connect(to: target)
      attach(upstream, to: client)
      forward(client, to: upstream)
    } catch {
      if ConnectionFailure(code: error.code) == .localLimit {
        answer(
          client, .unavailable("no descriptor or port is left for a connection to target \(target.name)"))
      } else {
        failToConnect(client, target)
      }
    }
  }

  /// Handles a target that refuses connections at once. It has received nothing, so any request may go to another.
  private func failToConnect(_ client: ClientConnection, _ target: BalancedTarget) {
    target.failed += 1
    if client.wasRepeated { return answer(client, .broken("target \(target.name) refuses connections")) }
    client.wasRepeated = true
    dispatch(client, avoiding: target)
  }

  private func connect(to target: BalancedTarget) throws(SystemError) -> TargetConnection {
    let descriptor = try Descriptor.connecting(to: target.address, port: target.port)
    let upstream = TargetConnection(descriptor, to: target, limits: settings.responseLimits, at: now)
    upstream.token = slots.insert(.target(upstream))
    do throws(SystemError) {
      try queue.watch(descriptor, as: upstream.token, for: .writing)
      return upstream
    } catch {
      close(upstream)
      throw error
    }
  }

  private func attach(_ upstream: TargetConnection, to client: ClientConnection) {
    (upstream.client, client.upstream) = (client, upstream)
    (upstream.hasAnswer, upstream.heardAt) = (false, now)
    upstream.target.inFlight += 1
  }

  /// Separates a connection to a target from its request.
  func detach(_ upstream: TargetConnection) {
    guard let client = upstream.client else { return }
    (upstream.client, client.upstream) = (nil, nil)
    upstream.target.inFlight -= 1
    settleDraining(upstream.target)
  }

  /// Sends what is left of a request, and handles the break of the connection.
  func forward(_ client: ClientConnection, to upstream: TargetConnection) {
    if send(client, to: upstream) {
      settle(upstream)
    } else {
      fail(upstream, .broken("target \(upstream.target.name) broke the connection"))
    }
  }

  /// Sends as much of a request as the target takes. Returns `false` if the connection is broken.
  private func send(_ client: ClientConnection, to upstream: TargetConnection) -> Bool {
    while client.outgoingSent < client.outgoing.count {
      let transfer = client.outgoing.withUnsafeBytes {
        upstream.descriptor.send(UnsafeRawBufferPointer(rebasing: $0[client.outgoingSent...]))
      }
      switch transfer {
      case .bytes(let count):
        client.outgoingSent += count
        (upstream.isConnected, upstream.heardAt) = (true, now)
      case .wouldBlock: return true
      case .ended(let code): return !upstream.isConnected && ConnectionFailure(code: code) == .unconnected
      }
    }
    if !client.isRepeatable {
      client.outgoing.removeAll(keepingCapacity: client.outgoing.capacity <= ClientConnection.keptCapacity)
      client.outgoingSent = 0
    }
    return true
  }

  /// Watches a connection to a target for the events that it needs.
  func settle(_ upstream: TargetConnection) {
    if upstream.isClosed { return }
    var interest: EventQueue.Interest = .reading
    if let client = upstream.client {
      interest = client.unsent.isEmpty && upstream.isConnected ? .reading : []
      if !upstream.isConnected || !client.isForwarded { interest.insert(.writing) }
    }
    if !change(upstream, to: interest) {
      fail(upstream, .broken("target \(upstream.target.name) is unreachable"))
    }
  }

  func close(_ upstream: TargetConnection) {
    upstream.isClosed = true
    slots.remove(upstream.token)
  }
}

extension [UInt8] {
  /// Appends bytes.
  mutating func append(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
