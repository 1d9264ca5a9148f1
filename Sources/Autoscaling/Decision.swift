/// The answer of a policy.
public struct Decision: Codable, Equatable, Sendable {
  /// The number of instances that the group shall have. For a `ScaledJob`, the number of jobs to start now.
  public var desired: Int
  /// The number that the metrics ask for, before any constraint.
  public var wanted: Int
  /// The metric, the rule and the arithmetic, as one line.
  public var reason: String
  /// The constraint that made `desired` differ from `wanted`, the last one if several did; `nil` if none did. Missing
  /// metrics are one too, with which nothing is wanted.
  public var limitedBy: Constraint?

  /// Creates a decision.
  public init(desired: Int, wanted: Int, reason: String, limitedBy: Constraint? = nil) {
    self.desired = desired
    self.wanted = wanted
    self.reason = reason
    self.limitedBy = limitedBy
  }
}

/// A constraint that holds a decision back.
public enum Constraint: String, Codable, CaseIterable, Sendable {
  /// The group's least number of instances.
  case min
  /// The group's greatest number of instances.
  case max
  /// The policies of an HPA's `behavior.scaleUp`.
  case scaleUpRate = "scale-up rate"
  /// The policies of an HPA's `behavior.scaleDown`.
  case scaleDownRate = "scale-down rate"
  /// An HPA's stabilization window.
  case stabilization
  /// A change too small to act on: HPA's tolerance.
  case tolerance
  /// Metrics that are missing, or pods that are not ready, so that the rest does not justify a change.
  case missingMetrics = "missing metrics"
  /// The 90 % of its target that a target tracking policy must fall below to scale in. AWS does not document it.
  case scaleInThreshold = "scale-in threshold"
  /// An alarm that has not been over (or under) its threshold for enough periods.
  case alarm
  /// The cooldown after the last activity.
  case cooldown
  /// Instances that are still warming up.
  case warmUp = "warm-up"
  /// Scaling in this direction, or at all, is switched off.
  case disabled
  /// KEDA's activation threshold, and the way from 0, which leads over the minimum or 1.
  case activation
  /// Another policy of the group that does not agree to scale in.
  case otherPolicy = "other policy"
}

extension Observation {
  /// Returns the decision to leave the size as it is, unless the bounds do not allow it.
  func unchanged(
    within bounds: Bounds, _ reason: String, limitedBy constraint: Constraint? = nil
  ) -> Decision {
    decision(current, wanted: current, reason, limitedBy: constraint, within: bounds)
  }

  /// Returns the decision to do nothing for lack of data.
  ///
  /// - Parameter lack: The missing data, as a clause.
  func unchanged(within bounds: Bounds, lacking lack: String) -> Decision {
    unchanged(within: bounds, "\(lack): no action", limitedBy: .missingMetrics)
  }

  /// The clause for a queue of unknown length.
  static let unknownQueue = "the length of the queue is unknown"

  /// Returns a decision that respects the bounds.
  func decision(
    _ size: Int, wanted: Int, _ reason: String, limitedBy constraint: Constraint?, within bounds: Bounds
  ) -> Decision {
    let (desired, bound) = bounds.clamp(size)
    return Decision(desired: desired, wanted: wanted, reason: reason, limitedBy: bound ?? constraint)
  }
}
