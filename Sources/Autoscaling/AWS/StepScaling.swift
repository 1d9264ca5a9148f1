/// AWS step scaling: the further a metric is beyond its threshold, the larger the adjustment.
///
/// Above the threshold a step includes its lower bound, below it its upper bound. Percentages refer to the instances
/// that are warm; what warming instances add already is not added again, and nothing is removed until they are warm.
/// Source: the EC2 Auto Scaling user guide, "Step and simple scaling policies".
public struct StepScaling: ScalingRule, Equatable, Sendable {
  /// The metric.
  public var metric: String
  /// The steps, which do not overlap.
  public var steps: [Step]
  /// The least number of instances that a percentage adds or removes.
  public var minimumMagnitude: Int
  /// The alarm.
  public var alarm: Alarm
  /// The warm-up of new instances in seconds.
  public var warmUp: Double

  /// Creates the rule with the defaults of AWS.
  public init(
    steps: [Step], metric: String = Metric.utilization, minimumMagnitude: Int = 0,
    alarm: Alarm = Alarm(periods: 1), warmUp: Double = 300
  ) {
    self.steps = steps
    self.metric = metric
    self.minimumMagnitude = minimumMagnitude
    self.alarm = alarm
    self.warmUp = warmUp
  }

  var kind: String { "step" }
  var interval: Double { alarm.period }
  var metrics: [String] { [metric] }
  var scalesIn: Bool { steps.contains { !$0.isAbove } }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    guard let value = observation.metrics[metric] else {
      return observation.unchanged(within: bounds, lacking: "no data for \(metric)")
    }
    let step = steps.first { $0.contains(value) }
    // Without a gap between steps, a value is beyond an alarm's threshold if a step of its side holds.
    let acts = [
      alarm.acts(breached: step?.isAbove == true, &memory.periodsAbove),
      alarm.acts(breached: step?.isAbove == false, &memory.periodsBelow),
    ]
    guard let step else {
      return observation.unchanged(
        within: bounds, "\(metric) \(text(value, of: metric)) is in no step: no action")
    }
    let current = observation.current
    let base = step.isAbove ? max(0, current - observation.warming) : current
    let wanted = max(0, step.adjustment.size(from: base, atLeast: minimumMagnitude))
    let reason =
      "\(metric) \(text(value, of: metric)) is in the step \(step.range(of: metric)): \(step.adjustment.words), \(base) to \(wanted)"
    let constraint: Constraint? =
      !acts.contains(true) ? .alarm : wanted < current && observation.warming > 0 ? .warmUp : nil
    return observation.decision(
      constraint == nil ? wanted : current, wanted: wanted, reason, limitedBy: constraint, within: bounds)
  }
}
