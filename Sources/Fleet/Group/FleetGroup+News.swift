import Records

/// News of the instances.
extension FleetGroup {
  /// Notes that the process of an instance listens: the front's checks decide from now on.
  public mutating func isListening(_ name: String) {
    guard let index = index(of: name), instances[index].state == .starting, !instances[index].isInFront else {
      return
    }
    instances[index].isInFront = true
    want(.addToFront(name))
  }

  /// Notes the states in which the front sees its targets.
  public mutating func see(_ targets: [FrontStatus.Target], at now: UInt64) {
    for target in targets {
      guard let index = index(of: target.name) else { continue }
      instances[index].problem = target.problem
      switch (target.state, instances[index].state) {
      case (.healthy, .starting): comeIntoService(index, at: now)
      case (.healthy, .unhealthy):
        (instances[index].state, instances[index].changed) = (.inService, now)
        note(.recovered, target.name, "passes its checks again", at: now)
      case (.unhealthy, .inService):
        (instances[index].state, instances[index].changed) = (.unhealthy, now)
        note(.unhealthy, target.name, target.problem ?? "fails its checks", at: now)
      case (.drained, .draining): terminate(index, at: now)
      default: break
      }
    }
  }

  /// Notes the last words of the process of an instance, after a colon.
  public mutating func hear(_ words: String, of name: String) {
    if let index = index(of: name) { instances[index].words = words }
  }

  /// Notes that the process of an instance has ended.
  ///
  /// - Parameter how: The way, such as `was killed by SIGKILL`.
  public mutating func ended(_ name: String, how: String, at now: UInt64) {
    guard let index = index(of: name) else { return }
    let instance = instances.remove(at: index)
    if instance.state == .ending {
      note(.ended, name, instance.reason ?? how, at: now)
      return
    }
    note(.died, name, how, at: now)
    if instance.isInFront { want(.remove(name)) }
    if instance.isLive { lost.append(name) }
    if instance.state == .starting { launchFailed("\(name) \(how) before it was in service", at: now) }
  }

  /// Returns a number of nanoseconds as seconds in the detail of an event, such as `1.2 s`.
  public static func text(of time: UInt64) -> String {
    let tenths = time / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }

  private mutating func comeIntoService(_ index: Int, at now: UInt64) {
    (instances[index].state, instances[index].changed) = (.inService, now)
    instances[index].inServiceSince = now
    let delay = now - Swift.min(now, instances[index].launched) + instances[index].earlier
    note(.inService, instances[index].name, "\(Self.text(of: delay)) after its launch", at: now)
    forgiveFailures()
  }

  /// Counts a launch that never came into service.
  mutating func launchFailed(_ reason: String, at now: UInt64) {
    failedLaunches += 1
    if hasGivenUp || failedLaunches < GroupSettings.mostFailedLaunches { return }
    hasGivenUp = true
    note(
      .gaveUp, nil, "\(failedLaunches) launches in a row never came into service; the last: \(reason)",
      at: now)
  }

  private func index(of name: String) -> Int? { instances.firstIndex { $0.name == name } }
}
