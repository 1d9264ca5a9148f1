import Records

/// The instances of a fleet, and the actions that bring their number to the desired one.
///
/// It is a value without input or output, the live counterpart of the simulated group. Time is an argument. `isListening`, `see`
/// and `ended` bring the news, and `takeActions` returns what to do. To scale in, it ends instances that are not in service yet before
/// all others, as AWS Auto Scaling does, and then the youngest, after a drain. An instance that has died, or that fails its
/// checks after its grace period, is replaced in the next step.
public struct FleetGroup: Sendable {
  /// The settings.
  public let settings: GroupSettings
  /// The instances that have not ended, in the order of their launches.
  public internal(set) var instances: [GroupInstance] = []
  /// The desired instances in force: 0 while a replacement of all empties the group.
  public internal(set) var desired: Int
  /// The version of the launch template.
  public internal(set) var template = 1
  /// Whether no more instances are launched, because the last ones never came into service.
  public internal(set) var hasGivenUp = false
  /// The current replacement of instances of older templates; `nil` if there is none.
  var replacement: Replacement?
  /// The launches in a row that never came into service.
  var failedLaunches = 0
  /// The instances that died since the last step.
  var lost: [String] = []
  private var launches = 0
  private var actions: [GroupAction] = []
  private var events: [FleetRecord.Event] = []

  /// Creates an empty group, which launches its instances in its first step.
  public init(_ settings: GroupSettings, desired: Int) {
    self.settings = settings
    self.desired = Swift.min(Swift.max(0, desired), settings.max)
  }

  /// Returns the actions since the last call, in order.
  public mutating func takeActions() -> [GroupAction] {
    defer { actions = [] }
    return actions
  }

  /// Returns the events since the last call, in order.
  public mutating func takeEvents() -> [FleetRecord.Event] {
    defer { events = [] }
    return events
  }

  /// Returns the number of instances in a state.
  public func count(_ state: GroupInstance.State) -> Int { instances.count { $0.state == state } }

  /// The instances that neither drain nor end.
  public var live: [GroupInstance] { instances.filter(\.isLive) }

  /// Whether the policy's decisions are suspended, because a replacement of all empties the group.
  public var isSuspended: Bool { replacement?.isEmptying == true }

  /// Whether instances of older templates are being replaced.
  public var isReplacing: Bool { replacement != nil }

  /// Lets the clock begin anew: instances in service now count as warm, as those of a simulated group do at its start.
  ///
  /// - Parameter now: The time that becomes 0.
  public mutating func begin(at now: UInt64) {
    for index in instances.indices {
      instances[index].rebase(by: now)
      instances[index].isSeasoned = instances[index].state == .inService
    }
  }

  /// Continues after a suspension of the loop, in which nobody looked after the instances: it counts neither against the
  /// grace period of those that start nor against the time that the others have to end.
  ///
  /// - Parameter delay: Its nanoseconds.
  public mutating func resume(after delay: UInt64) {
    for index in instances.indices {
      if instances[index].state == .starting { instances[index].excused += delay }
      instances[index].deadline = instances[index].deadline.map { $0 + delay }
    }
  }

  /// Sets the desired instances.
  ///
  /// - Parameter reason: The reason for the change, as one line.
  public mutating func resize(to size: Int, because reason: String, at now: UInt64) {
    let size = Swift.min(Swift.max(0, size), settings.max)
    if size == desired { return }
    note(.resized, nil, "\(desired) → \(size): \(reason)", at: now)
    desired = size
  }

  /// Lets launches be tried again after the group gave up.
  mutating func forgiveFailures() {
    (failedLaunches, hasGivenUp) = (0, false)
  }

  mutating func want(_ action: GroupAction) { actions.append(action) }

  mutating func note(
    _ kind: FleetRecord.Event.Kind, _ instance: String?, _ detail: String, at now: UInt64
  ) {
    events.append(.init(time: now, kind: kind, instance: instance, detail: detail))
  }

  mutating func launch(at now: UInt64) {
    launches += 1
    let name = "i-\(launches)"
    instances.append(GroupInstance(name: name, template: template, launched: now))
    note(.launched, name, "template \(template)", at: now)
    want(.launch(name, template: template))
  }
}
