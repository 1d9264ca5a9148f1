/// AWS simple scaling: one adjustment, then nothing until the cooldown after the last activity is over.
///
/// The cooldown never delays the replacement of an unhealthy instance, which is no matter of policies. Source: the EC2
/// Auto Scaling user guide, "Step and simple scaling policies" and "Scaling cooldowns".
public struct SimpleScaling: ScalingRule, Equatable, Sendable {
  /// The adjustments, at most one above and one below.
  public var steps: StepScaling
  /// The time after an activity in seconds during which nothing is done.
  public var cooldown: Double

  /// Creates the rule with the default cooldown of AWS.
  public init(steps: StepScaling, cooldown: Double = 300) {
    self.steps = steps
    self.cooldown = cooldown
  }

  var kind: String { "simple" }
  var interval: Double { steps.interval }
  var metrics: [String] { steps.metrics }
  var scalesIn: Bool { steps.scalesIn }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    var counted = observation
    counted.warming = 0
    let decision = steps.decide(on: counted, within: bounds, remembering: &memory)
    let isAction = decision.desired != observation.current
    if isAction, let last = memory.lastActivity, observation.time - last < cooldown {
      let left = cooldown - (observation.time - last)
      return observation.decision(
        observation.current, wanted: decision.wanted,
        "\(decision.reason), but the cooldown lasts for another \(text(left)) s", limitedBy: .cooldown,
        within: bounds)
    }
    if isAction { memory.lastActivity = observation.time }
    return decision
  }
}
