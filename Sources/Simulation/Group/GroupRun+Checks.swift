/// Health checks.
extension GroupRun {
  /// Checks the health of all instances: those that are ready come into service, those that failed are replaced, and the checks of
  /// those that serve begin to wait.
  mutating func check() {
    for index in instances.indices.reversed() where !instances[index].isDraining {
      let instance = instances[index]
      if instance.number == nil, !instance.hasFailed, instance.ready <= now {
        putInService(index)
      } else if instance.hasFailed || instance.number == nil {
        failCheck(ofUnreachable: index)
      } else if let timeout = group.checkTimeout, let number = instance.number {
        beginCheck(index, of: number, timeout)
        replaceIfUnhealthy(index)
      }
    }
    resize()
  }

  mutating func putInService(_ index: Int) {
    instances[index].number = traffic.add()
    instances[index].inServiceSince = now
    instances[index].failedChecks = 0
  }

  /// Fails the check of an instance that has failed, or that does not answer yet.
  private mutating func failCheck(ofUnreachable index: Int) {
    let instance = instances[index]
    (instances[index].failedChecks, instances[index].checkFails) = (instance.failedChecks + 1, nil)
    guard instances[index].failedChecks >= group.unhealthyChecks else { return }
    if let number = instance.number { traffic.drain(number) }
    guard now >= instance.graceEnd else { return }
    if !instance.hasFailed { timeline.endedBeforeReady += 1 }
    remove(at: index)
  }

  /// Begins a check of an instance that serves, whose wait is known. A good check counts at once.
  private mutating func beginCheck(_ index: Int, of number: Int, _ timeout: Double) {
    if instances[index].checkFails != nil { return }
    if Double(group.checkPasses) * traffic.checkWait(of: number) > timeout {
      instances[index].checkFails = now + timeout
    } else if instances[index].isUnhealthy {
      instances[index].goodChecks += 1
      if instances[index].goodChecks >= group.healthyChecks { setHealth(index, isUnhealthy: false) }
    } else {
      instances[index].failedChecks = 0
    }
  }

  /// Ends the checks that have waited for too long.
  mutating func failChecks() {
    let before = timeline.overloaded
    for index in instances.indices {
      guard let end = instances[index].checkFails, end <= now else { continue }
      instances[index].checkFails = nil
      if instances[index].hasFailed { continue }
      instances[index].failedChecks += 1
      instances[index].goodChecks = 0
      if !instances[index].isUnhealthy, instances[index].failedChecks >= group.unhealthyChecks {
        setHealth(index, isUnhealthy: true)
      }
      replaceIfUnhealthy(index)
    }
    if timeline.overloaded > before { resize() }
  }

  private mutating func setHealth(_ index: Int, isUnhealthy: Bool) {
    (instances[index].isUnhealthy, instances[index].changed) = (isUnhealthy, now)
    (instances[index].failedChecks, instances[index].goodChecks) = (0, 0)
  }

  /// Drains an unhealthy instance whose grace is over, so that another one is launched in its place.
  private mutating func replaceIfUnhealthy(_ index: Int) {
    guard group.replacesOverloaded, instances[index].isUnhealthy,
      now >= instances[index].graceEnd,
      instances.count(where: \.isDraining) < ServiceGroup.mostDraining
    else { return }
    timeline.overloaded += 1
    drain(at: index)
  }

  /// Sends requests to the healthy instances only, or to all if there are none and the balancer fails open.
  mutating func directRequests() {
    if group.checkTimeout == nil { return }
    let serving = instances.indices.filter { instances[$0].isServing && !instances[$0].hasFailed }
    let isOpen = group.failsOpen && serving.allSatisfy { instances[$0].isUnhealthy }
    for index in serving {
      let isTarget = isOpen || !instances[index].isUnhealthy
      guard isTarget != instances[index].isTarget, let number = instances[index].number else { continue }
      instances[index].isTarget = isTarget
      if isTarget { traffic.resume(number) } else { traffic.drain(number) }
    }
  }
}
