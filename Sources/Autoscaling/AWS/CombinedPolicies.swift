/// Several policies on one group, as AWS combines them: out if any says so, by the one that adds most; in only if all
/// that can scale in do, by the one that removes least. A scheduled action sets the size and the bounds for the others.
///
/// Sources: the EC2 Auto Scaling user guide, "Dynamic scaling" (multiple policies) and "Scheduled scaling".
public struct CombinedPolicies: ScalingRule, Equatable, Sendable {
  /// The policies.
  public var policies: [Rule]

  /// Creates the rule.
  public init(_ policies: [Rule]) { self.policies = policies }

  var kind: String { "combined" }
  var interval: Double { policies.map(\.interval).min() ?? 60 }
  var warmUp: Double { policies.map(\.warmUp).max() ?? 0 }
  var metrics: [String] { policies.flatMap(\.metrics) }
  var scalesIn: Bool { policies.contains(where: \.scalesIn) }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    while memory.parts.count < policies.count {
      var part = memory
      part.parts = []
      memory.parts.append(part)
    }
    let activities = memory.parts.map(\.lastActivity)
    var answers: [Decision] = []
    for (index, policy) in policies.enumerated() {
      if case .scheduled = policy {
        memory.parts[index].bounds = nil
        let action = policy.decide(
          on: observation, within: memory.bounds ?? bounds, remembering: &memory.parts[index])
        memory.bounds = memory.parts[index].bounds ?? memory.bounds
        if action.desired != observation.current {
          return record(action, on: observation, activities, &memory)
        }
        continue
      }
      answers.append(policy.decide(on: observation, within: Bounds(), remembering: &memory.parts[index]))
    }
    let decision = combined(answers, observation, within: memory.bounds ?? bounds)
    return record(decision, on: observation, activities, &memory)
  }

  /// Returns the decision that follows from those of the dynamic policies.
  private func combined(_ answers: [Decision], _ observation: Observation, within bounds: Bounds) -> Decision
  {
    let current = observation.current
    let dynamic = policies.filter { if case .scheduled = $0 { false } else { true } }
    let pairs = zip(dynamic, answers)
    if let most = answers.filter({ $0.desired > current }).max(by: { $0.desired < $1.desired }) {
      return observation.decision(
        most.desired, wanted: most.wanted, most.reason, limitedBy: most.limitedBy, within: bounds)
    }
    let votes = pairs.filter { $0.0.scalesIn }.map(\.1)
    if let least = votes.max(by: { $0.desired < $1.desired }), least.desired < current {
      return observation.decision(
        least.desired, wanted: least.wanted, least.reason, limitedBy: least.limitedBy, within: bounds)
    }
    if let held = answers.first(where: { $0.desired < current }) {
      return observation.decision(
        current, wanted: held.wanted, "\(held.reason), but not every policy agrees to scale in",
        limitedBy: .otherPolicy, within: bounds)
    }
    let idle = answers.first { $0.limitedBy != nil } ?? answers.first
    return observation.decision(
      current, wanted: idle?.wanted ?? current, idle?.reason ?? "no scheduled action is due",
      limitedBy: idle?.limitedBy, within: bounds)
  }

  /// Remembers in each part whether the group changed, because cooldowns count from the group's last activity.
  private func record(
    _ decision: Decision, on observation: Observation, _ activities: [Double?], _ memory: inout PolicyMemory
  ) -> Decision {
    let isAction = decision.desired != observation.current
    for index in memory.parts.indices {
      memory.parts[index].lastActivity = isAction ? observation.time : activities[index]
    }
    return decision
  }
}
