/// AWS target tracking: keeps an average metric near a target, as a thermostat does.
///
/// Two alarms drive it: 3 periods of 60 s above the target scale out, 15 periods of 60 s below 90 % of it scale in. The
/// 90 % is not documented by AWS; exported alarms show it. The new size is `ceil(instances × metric / target)`:
/// additions round up, removals round down. Warming instances count as capacity but not in the metric, and nothing is
/// removed until they are warm. Source: the EC2 Auto Scaling user guide, "Target tracking scaling policies".
public struct TargetTracking: ScalingRule, Equatable, Sendable {
  /// The share of the target that the metric must fall below to scale in. Not documented by AWS.
  public static let scaleInShare = 0.9
  /// The words that mark the undocumented share wherever it is shown.
  public static let scaleInNote = "90 % of the target, not documented by AWS"

  /// The metric, averaged over warm instances: inversely proportional to their number.
  public var metric: String
  /// The target, in the metric's unit.
  public var target: Double
  /// The alarm above the target.
  public var scaleOut: Alarm
  /// The alarm below 90 % of the target.
  public var scaleIn: Alarm
  /// The warm-up of new instances in seconds.
  public var warmUp: Double
  /// Whether it never scales in.
  public var disableScaleIn: Bool

  /// Creates the rule with the defaults of AWS.
  public init(
    target: Double, metric: String = Metric.utilization, scaleOut: Alarm = Alarm(periods: 3),
    scaleIn: Alarm = Alarm(periods: 15), warmUp: Double = 300, disableScaleIn: Bool = false
  ) {
    self.target = target
    self.metric = metric
    self.scaleOut = scaleOut
    self.scaleIn = scaleIn
    self.warmUp = warmUp
    self.disableScaleIn = disableScaleIn
  }

  var kind: String { "target-tracking" }
  var interval: Double { scaleOut.period }
  var metrics: [String] { [metric] }
  var scalesIn: Bool { !disableScaleIn }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    guard let value = observation.metrics[metric] else {
      return observation.unchanged(within: bounds, lacking: "no data for \(metric)")
    }
    let warm = max(0, observation.current - observation.warming)
    return decide(
      value, wanted: count(snapped(Double(warm) * value / target).rounded(.up)),
      arithmetic: "\(warm) × \(text(value, of: metric)) / \(text(target, of: metric))", on: observation,
      within: bounds,
      remembering: &memory)
  }

  /// Returns the decision on a value of the metric.
  ///
  /// - Parameters:
  ///   - wanted: The number of instances that would bring the metric to the target.
  ///   - arithmetic: The expression whose ceiling is `wanted`, for the reason.
  func decide(
    _ value: Double, wanted: Int, arithmetic: String, on observation: Observation, within bounds: Bounds,
    remembering memory: inout PolicyMemory
  ) -> Decision {
    let low = target * Self.scaleInShare
    let isOut = scaleOut.acts(breached: value > target, &memory.periodsAbove)
    let isIn = scaleIn.acts(breached: value < low, &memory.periodsBelow)
    let current = observation.current
    let place =
      value > target
      ? "over the target \(text(target, of: metric))"
      : "\(value < low ? "under" : "not under") \(text(low, of: metric)) (\(Self.scaleInNote))"
    let constraint: Constraint? =
      if value > target {
        !isOut ? .alarm : wanted < current ? .warmUp : nil
      } else if wanted >= current {
        nil
      } else if disableScaleIn {
        .disabled
      } else if value >= low {
        .scaleInThreshold
      } else if !isIn {
        .alarm
      } else {
        observation.warming > 0 ? .warmUp : nil
      }
    let size = constraint == nil && (value > target || value < low) ? wanted : current
    return observation.decision(
      size, wanted: wanted,
      "\(metric) \(text(value, of: metric)) is \(place): ceil(\(arithmetic)) = \(wanted)",
      limitedBy: constraint, within: bounds)
  }
}
