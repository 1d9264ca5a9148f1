/// The kinds of scaling rules.
public enum Rule: Equatable, Sendable {
  /// AWS target tracking.
  case targetTracking(TargetTracking)
  /// AWS step scaling.
  case step(StepScaling)
  /// AWS simple scaling.
  case simple(SimpleScaling)
  /// AWS scheduled actions.
  case scheduled(ScheduledScaling)
  /// AWS target tracking of the backlog per instance.
  case backlog(BacklogPerInstance)
  /// The Kubernetes HorizontalPodAutoscaler.
  case hpa(HorizontalPodAutoscaler)
  /// A KEDA ScaledObject that scales by queue length.
  case keda(ScaledObject)
  /// A KEDA ScaledJob.
  case kedaJob(ScaledJob)
  /// Several AWS policies on one group.
  case combined(CombinedPolicies)
  /// No scaling.
  case none(FixedSize)

  /// The word that policy files call it by.
  public var kind: String { scaling.kind }

  /// The bounds unless a policy says otherwise.
  public var defaultBounds: Bounds { scaling.defaultBounds }

  /// The time between decisions in seconds.
  public var interval: Double { scaling.interval }

  /// The time in seconds after its start until an instance counts in the group's metrics; 0 if there is none.
  public var warmUp: Double { scaling.warmUp }

  /// The metrics of the group that it reads by name.
  public var metrics: [String] { scaling.metrics }

  /// The greatest size or bound that its scheduled actions set, which override the bounds of the group; 0 without such actions.
  public var greatestScheduledSize: Int {
    switch self {
    case .scheduled(let scaling):
      scaling.actions.flatMap { [$0.min, $0.max, $0.desired].compactMap(\.self) }.max() ?? 0
    case .combined(let combined): combined.policies.map(\.greatestScheduledSize).max() ?? 0
    default: 0
    }
  }

  /// Whether it ever removes instances, so that it has a say when a group with several policies scales in.
  var scalesIn: Bool { scaling.scalesIn }

  /// Returns the decision on an observation.
  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    scaling.decide(on: observation, within: bounds, remembering: &memory)
  }

  /// The rule as what all kinds have in common.
  private var scaling: any ScalingRule {
    switch self {
    case .targetTracking(let rule): rule
    case .step(let rule): rule
    case .simple(let rule): rule
    case .scheduled(let rule): rule
    case .backlog(let rule): rule
    case .hpa(let rule): rule
    case .keda(let rule): rule
    case .kedaJob(let rule): rule
    case .combined(let rule): rule
    case .none(let rule): rule
    }
  }
}

/// A rule that makes decisions.
protocol ScalingRule {
  /// The word that policy files call it by.
  var kind: String { get }
  /// The bounds unless a policy says otherwise.
  var defaultBounds: Bounds { get }
  /// The time between decisions in seconds.
  var interval: Double { get }
  /// The warm-up of instances in seconds.
  var warmUp: Double { get }
  /// The metrics of the group that it reads by name.
  var metrics: [String] { get }
  /// Whether it ever removes instances.
  var scalesIn: Bool { get }

  /// Returns the decision on an observation.
  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision
}

extension ScalingRule {
  var defaultBounds: Bounds { Bounds(min: 0) }
  var warmUp: Double { 0 }
  var metrics: [String] { [] }
  var scalesIn: Bool { true }
}

/// The names of metrics that have a fixed meaning.
public enum Metric {
  /// CPU utilization in percent, averaged over warm instances.
  public static let utilization = "utilization"
  /// Requests per second per warm instance.
  public static let requests = "requests"
}

/// The CPU time of pods, as a resource of the HorizontalPodAutoscaler.
public let cpuResource = "cpu"

/// A rule that never scales.
public struct FixedSize: ScalingRule, Equatable, Sendable {
  /// Creates the rule.
  public init() {}

  var kind: String { "none" }
  var interval: Double { 60 }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    let (desired, bound) = bounds.clamp(observation.current)
    return Decision(
      desired: desired, wanted: observation.current, reason: "this policy never scales", limitedBy: bound)
  }
}
