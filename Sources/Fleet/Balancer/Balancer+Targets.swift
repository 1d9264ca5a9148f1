import HTTP
import Platform
import Records

/// The targets.
extension Balancer: FleetFront {
  /// Adds a target, which gets requests from its first good health check on.
  ///
  /// - Throws: `BalancerError`.
  public func add(_ name: String, address: String, port: Int) throws(BalancerError) {
    if targets.contains(where: { $0.name == name }) { throw .takenName(name) }
    now = Clock.monotonic.now()
    let target = try BalancedTarget(name, address: address, port: port, check: settings.check, at: now)
    targets.append(target)
    nextCheck = now
  }

  /// Stops giving requests to a target. Its state becomes `drained` when it has none in flight.
  ///
  /// - Throws: `BalancerError`.
  public func drain(_ name: String) throws(BalancerError) {
    let target = try target(name)
    now = Clock.monotonic.now()
    let wasChecked = target.health.isChecked
    target.health.drain(at: now)
    if wasChecked { note(target) }
    endCheck(of: target)
    settleDraining(target)
  }

  /// Forgets a target. Its requests in flight are answered with 502.
  ///
  /// - Throws: `BalancerError`.
  public func remove(_ name: String) throws(BalancerError) {
    let target = try target(name)
    now = Clock.monotonic.now()
    target.isRemoved = true
    targets.removeAll { $0 === target }
    chooseReady()
    endCheck(of: target)
    closeIdle(target)
    for token in slots.keys {
      guard case .target(let upstream) = slots[token], upstream.target === target else { continue }
      fail(upstream, .broken("target \(name) was removed"), mayRepeat: false)
    }
  }

  /// Returns its state and that of its targets, with the latencies since the last call.
  public func status() -> FrontStatus {
    now = Clock.monotonic.now()
    let status = FrontStatus(
      time: now - startedAt, requests: requests, answered: answered, failed: failed, latency: latency,
      cpuTime: Clock.processCPU.now(), targets: targets.map { $0.status(since: startedAt) })
    latency = LatencyHistogram()
    return status
  }

  /// Returns whether a text can name a target.
  public static func isTargetName(_ text: String) -> Bool { BalancedTarget.isName(text) }

  private func target(_ name: String) throws(BalancerError) -> BalancedTarget {
    guard let target = targets.first(where: { $0.name == name }) else { throw .unknownName(name) }
    return target
  }

  /// Notes that the state of a target changed.
  func note(_ target: BalancedTarget) {
    chooseReady()
    onChange?(Change(name: target.name, state: target.health.state, problem: target.health.problem))
  }

  /// Notes that a target that drains has nothing in flight any more.
  func settleDraining(_ target: BalancedTarget) {
    if target.inFlight > 0 { return }
    if target.health.finishDraining(at: now) {
      closeIdle(target)
      note(target)
    }
  }

  private func chooseReady() {
    ready = targets.filter { $0.health.state == .healthy }
    if ready.isEmpty { ready = targets.filter { $0.health.state == .unhealthy } }
  }

  func closeIdle(_ target: BalancedTarget) {
    let idle = target.idle
    target.idle = []
    for upstream in idle { close(upstream) }
  }

  /// Chooses the target of a request.
  ///
  /// - Parameter avoided: A target that is chosen only if there is no other.
  func choose(avoiding avoided: BalancedTarget? = nil) -> BalancedTarget? {
    let place = avoided.flatMap { avoided in ready.firstIndex { $0 === avoided } }
    let chosen = turn.choose(among: ready.count, by: settings.balancing, avoiding: place) {
      ready[$0].inFlight
    }
    return chosen.map { ready[$0] }
  }
}
