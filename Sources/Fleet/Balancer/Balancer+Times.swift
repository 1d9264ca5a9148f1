import HTTP
import Platform

/// Time limits. There is no timer per request: a sweep over all connections ends those that are over a limit.
extension Balancer {
  /// The time between two sweeps: short beside the shortest limit.
  private var sweepInterval: UInt64 {
    let shortest = [
      settings.answerTime, settings.headTime, settings.bodyTime, settings.idleTime, settings.sendTime,
      settings.lingerTime, settings.targetIdleTime,
    ].min()
    return min(max((shortest ?? 0) / 8, 10_000_000), 1_000_000_000)
  }

  /// Ends what takes too long, and tries again to accept connections.
  func sweep() {
    if endBegan != nil { acceptLast() } else { resumeAccepting() }
    nextSweep = now + (isAccepting ? sweepInterval : Self.endPause)
    for token in slots.keys {
      switch slots[token] {
      case .client(let client): sweep(client)
      case .target(let upstream): sweep(upstream)
      case .check, nil: break
      }
    }
  }

  /// Continues after a suspension of the loop, which counts neither as a failed check nor against a time limit.
  ///
  /// - Parameter delay: Its nanoseconds.
  func resume(after delay: UInt64) {
    restartChecks()
    endBegan = endBegan.map { $0 + delay }
    for token in slots.keys {
      switch slots[token] {
      case .client(let client): client.since = min(client.since + delay, now)
      case .target(let upstream): upstream.heardAt = min(upstream.heardAt + delay, now)
      case .check, nil: break
      }
    }
  }

  private func sweep(_ client: ClientConnection) {
    if let endBegan, now >= endBegan + settings.grace {
      unfinished += client.request == nil ? 0 : 1
      return abandon(client)
    }
    let time = now - min(client.since, now)
    switch client.state {
    case _ where !client.unsent.isEmpty: if time > settings.sendTime { abandon(client) }
    case .waiting where client.isIdle:
      let isEnding = endBegan.map { now >= $0 + 2 * Self.endPause } ?? false
      if time > settings.idleTime || isEnding { close(client) }
    case .waiting: if time > settings.headTime { expire(client) }
    case .exchanging:
      if !client.body.isComplete, client.isForwarded, time > settings.bodyTime { expire(client) }
    case .closing, .lingering: if time > settings.lingerTime { close(client) }
    case .closed: break
    }
  }

  /// Ends a connection whose client has begun a request and takes too long.
  private func expire(_ client: ClientConnection) {
    giveUp(client, because: .timeout)
    settle(client)
  }

  private func sweep(_ upstream: TargetConnection) {
    let time = now - min(upstream.heardAt, now)
    guard let client = upstream.client else {
      if time > settings.targetIdleTime {
        upstream.target.idle.removeAll { $0 === upstream }
        close(upstream)
      }
      return
    }
    let isWaitedFor = client.unsent.isEmpty && (client.body.isComplete || !client.isForwarded)
    if isWaitedFor, time > settings.answerTime {
      let limit = Self.duration(settings.answerTime)
      fail(upstream, .late("target \(upstream.target.name) sent nothing for \(limit)"))
    }
  }
}
