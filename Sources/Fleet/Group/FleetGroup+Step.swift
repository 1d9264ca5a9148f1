/// The step of the loop.
extension FleetGroup {
  /// Ends, replaces and launches instances until their number is the desired one.
  public mutating func step(at now: UInt64) {
    endOverdue(at: now)
    noteReplaced(lost.map { ($0, "it died") } + endUnhealthy(at: now), at: now)
    lost = []
    if replacement == nil {
      fit(to: desired...desired, at: now)
    } else {
      replaceOlder(at: now)
    }
  }

  /// The time of the next step that is due without news; `nil` if there is none.
  public var nextDeadline: UInt64? { instances.compactMap(\.deadline).min() }

  /// Ends the instances whose drain is over, and kills those that did not end when they were asked to.
  private mutating func endOverdue(at now: UInt64) {
    for index in instances.indices {
      guard let deadline = instances[index].deadline, deadline <= now else { continue }
      if instances[index].state == .draining {
        terminate(index, at: now)
      } else {
        instances[index].deadline = now + settings.ending
        want(.kill(instances[index].name))
      }
    }
  }

  /// Notes which of the instances that failed are replaced: as many as are missing now, so that others are launched.
  private mutating func noteReplaced(_ failed: [(name: String, reason: String)], at now: UInt64) {
    let missing = hasGivenUp ? 0 : replacement == .rolling ? rollingLaunches : desired - live.count
    for (name, reason) in failed.prefix(Swift.max(0, missing)) { note(.replaced, name, reason, at: now) }
  }

  /// Ends the instances that fail their checks after their grace period, and those that are not in service after it.
  ///
  /// - Returns: Their names, and the reasons.
  private mutating func endUnhealthy(at now: UInt64) -> [(name: String, reason: String)] {
    var failed: [(name: String, reason: String)] = []
    for index in instances.indices where now >= instances[index].graceBegan + settings.grace {
      let (name, problem) = (instances[index].name, instances[index].problem ?? "it fails its checks")
      switch instances[index].state {
      case .unhealthy:
        failed.append((name, problem))
        drain(index, because: "unhealthy", at: now)
      case .starting where now >= instances[index].graceBegan + settings.checks:
        let reason = (instances[index].problem ?? "it does not listen") + instances[index].words
        failed.append((name, "not in service within its grace period: \(reason)"))
        instances[index].reason = "never in service"
        terminate(index, at: now)
        launchFailed("\(name) was not in service within its grace period (\(reason))", at: now)
      default: break
      }
    }
    return failed
  }

  /// Launches or ends instances until their number is within a range.
  mutating func fit(to range: ClosedRange<Int>, at now: UInt64) {
    let count = live.count
    if count < range.lowerBound, !hasGivenUp {
      for _ in count..<range.lowerBound { launch(at: now) }
    } else if count > range.upperBound {
      for _ in range.upperBound..<count { endOne(at: now) }
    }
  }

  /// Ends one instance of the oldest template: the youngest that is not in service yet. If all are, it is the youngest that fails
  /// its checks, and if none does, the youngest.
  private mutating func endOne(at now: UInt64) {
    let live = instances.indices.filter { instances[$0].isLive }
    let oldest = live.map { instances[$0].template }.min()
    let candidates = live.filter { instances[$0].template == oldest }
    let order: [GroupInstance.State] = [.starting, .unhealthy, .inService]
    let first = order.compactMap { state in candidates.last { instances[$0].state == state } }.first
    guard let index = first else { return }
    end(index, because: "scaled in", at: now)
  }

  /// Ends an instance: one that was in service drains first.
  mutating func end(_ index: Int, because reason: String, at now: UInt64) {
    if instances[index].state == .starting {
      instances[index].reason = reason
      terminate(index, at: now)
    } else {
      drain(index, because: reason, at: now)
    }
  }

  private mutating func drain(_ index: Int, because reason: String, at now: UInt64) {
    instances[index].state = .draining
    (instances[index].reason, instances[index].deadline) = (reason, now + settings.drain)
    note(.draining, instances[index].name, reason, at: now)
    want(.drain(instances[index].name))
  }

  mutating func terminate(_ index: Int, at now: UInt64) {
    if instances[index].isInFront { want(.remove(instances[index].name)) }
    instances[index].isInFront = false
    (instances[index].state, instances[index].deadline) = (.ending, now + settings.ending)
    want(.terminate(instances[index].name))
  }
}
