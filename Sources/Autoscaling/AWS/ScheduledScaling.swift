/// AWS scheduled actions: sizes and bounds that change at given times.
///
/// Source: the EC2 Auto Scaling user guide, "Scheduled scaling".
public struct ScheduledScaling: ScalingRule, Equatable, Sendable {
  /// A change at a time.
  public struct Action: Equatable, Sendable {
    /// The time in seconds from the origin, or from the start of each repetition.
    public var at: Double
    /// The new least size; `nil` if it stays.
    public var min: Int?
    /// The new greatest size; `nil` if it stays.
    public var max: Int?
    /// The new size; `nil` if it stays, within the bounds.
    public var desired: Int?

    /// Creates an action.
    public init(at: Double, min: Int? = nil, max: Int? = nil, desired: Int? = nil) {
      self.at = at
      self.min = min
      self.max = max
      self.desired = desired
    }
  }

  /// The actions.
  public var actions: [Action]
  /// The time in seconds after which they repeat, such as 86,400; `nil` if they do not.
  public var every: Double?

  /// Creates the rule.
  public init(actions: [Action], every: Double? = nil) {
    self.actions = actions
    self.every = every
  }

  var kind: String { "scheduled" }
  var interval: Double { 60 }
  var scalesIn: Bool { false }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    let due = due(after: memory.lastSchedule ?? -.infinity, until: observation.time)
    memory.lastSchedule = observation.time
    guard let last = due.last else {
      return observation.unchanged(within: bounds, "no scheduled action is due")
    }
    var (limits, size) = (bounds, observation.current)
    for (_, action) in due {
      let least = action.min ?? limits.min
      limits = Bounds(min: least, max: Swift.max(least, action.max ?? limits.max))
      size = action.desired ?? size
    }
    if limits != bounds { memory.bounds = limits }
    return observation.decision(
      size, wanted: size, "the action scheduled for second \(text(last.time)) is due", limitedBy: nil,
      within: limits)
  }

  /// Returns the last occurrence of each action in a span of time, in their order.
  private func due(after start: Double, until end: Double) -> [(time: Double, action: Action)] {
    actions.compactMap { action -> (time: Double, action: Action)? in
      guard action.at <= end else { return nil }
      let time = every.map { action.at + ((end - action.at) / $0).rounded(.down) * $0 } ?? action.at
      return time > start ? (time, action) : nil
    }
    .sorted { $0.time < $1.time }
  }
}
