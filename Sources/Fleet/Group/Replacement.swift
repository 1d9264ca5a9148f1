/// A replacement of the instances of older launch templates.
enum Replacement: Equatable, Sendable {
  /// A few at a time, as the settings' `surge` and `unavailable` say.
  case rolling
  /// All at once: the desired size is 0 until no instance is left, and then what it was.
  case all(size: Int)

  /// Whether the group is being emptied.
  var isEmptying: Bool { if case .all = self { true } else { false } }
}

extension FleetGroup {
  /// Begins to replace all instances by those of a new launch template, a few at a time.
  public mutating func roll(at now: UInt64) {
    beginReplacement(
      .rolling, "template \(template + 1), surge \(settings.surge), unavailable \(settings.unavailable)",
      at: now)
  }

  /// Begins to replace all instances by those of a new launch template at once: the desired size goes to 0 and back.
  public mutating func replaceAll(at now: UInt64) {
    if isSuspended { return }
    let size = desired
    beginReplacement(.all(size: size), "template \(template + 1), all at once", at: now)
    resize(to: 0, because: "every instance is replaced", at: now)
  }

  private mutating func beginReplacement(_ replacement: Replacement, _ detail: String, at now: UInt64) {
    if isSuspended { return }
    note(.rolling, nil, detail, at: now)
    template += 1
    self.replacement = replacement
    forgiveFailures()
  }

  /// Does the part of the replacement that is possible now.
  mutating func replaceOlder(at now: UInt64) {
    switch replacement {
    case .rolling: rollOn(at: now)
    case .all(let size):
      for index in instances.indices where instances[index].isLive { update(index, at: now) }
      guard instances.isEmpty else { return }
      replacement = nil
      resize(to: size, because: "every old instance has ended", at: now)
      note(.rolled, nil, "template \(template) is launched", at: now)
      fit(to: desired...desired, at: now)
    case nil: break
    }
  }

  private mutating func rollOn(at now: UInt64) {
    endOlder(at: now)
    fit(to: 0...(desired + settings.surge), at: now)
    let launches = hasGivenUp ? 0 : rollingLaunches
    if launches > 0 {
      for _ in 0..<launches { launch(at: now) }
    }
    let isOver =
      live.allSatisfy { $0.template == template && $0.state == .inService } && live.count == desired
    guard isOver else { return }
    replacement = nil
    note(.rolled, nil, "every instance is of template \(template)", at: now)
  }

  /// The instances to launch now in a rolling replacement: those that the newest template lacks, as far as `surge` allows.
  var rollingLaunches: Int {
    let newer = live.count { $0.template == template }
    return Swift.min(desired - newer, desired + settings.surge - live.count)
  }

  /// Ends instances of older templates: those out of service, and as many others as are not needed to have all but
  /// `unavailable` instances in service.
  private mutating func endOlder(at now: UInt64) {
    var spare = count(.inService) - (desired - settings.unavailable)
    for index in instances.indices where instances[index].isLive && instances[index].template < template {
      if instances[index].state == .inService {
        if spare <= 0 { continue }
        spare -= 1
      }
      update(index, at: now)
    }
  }

  /// Ends an instance of an older template, which one of the new template replaces.
  private mutating func update(_ index: Int, at now: UInt64) {
    note(.updated, instances[index].name, "template \(instances[index].template) → \(template)", at: now)
    end(index, because: "updated to template \(template)", at: now)
  }
}
