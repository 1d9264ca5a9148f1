/// The Kubernetes HorizontalPodAutoscaler, `autoscaling/v2`.
///
/// Sources: kubernetes/kubernetes `pkg/controller/podautoscaler/{horizontal,replica_calculator}.go` and the
/// documentation's "Horizontal Pod Autoscaling". Without `behavior`, the documented defaults hold. (The controller then
/// takes an older path, with the limit max(2 × current, 4) and the greatest recommendation of the last five minutes.)
public struct HorizontalPodAutoscaler: ScalingRule, Equatable, Sendable {
  /// The metrics; the greatest result counts.
  public var specs: [MetricSpec]
  /// The limits of each direction.
  public var behavior: ScalingBehavior
  /// The change of a metric's ratio to its target that is too small to act on.
  public var tolerance: Double
  /// The time between decisions in seconds.
  public var interval: Double
  /// The time after a pod's start in seconds during which its CPU samples count only while it is ready.
  public var initializationPeriod: Double
  /// The time after a pod's start in seconds in which becoming not ready means that it has never been ready.
  public var readinessDelay: Double

  /// Creates the rule with the defaults of Kubernetes.
  public init(
    _ specs: [MetricSpec], behavior: ScalingBehavior = ScalingBehavior(), tolerance: Double = 0.1,
    interval: Double = 15, initializationPeriod: Double = 300, readinessDelay: Double = 30
  ) {
    self.specs = specs
    self.behavior = behavior
    self.tolerance = tolerance
    self.interval = interval
    self.initializationPeriod = initializationPeriod
    self.readinessDelay = readinessDelay
  }

  var kind: String { "hpa" }
  var defaultBounds: Bounds { Bounds(min: 1) }
  var metrics: [String] { specs.filter { $0.source == .object || $0.source == .external }.map(\.name) }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    let current = observation.current
    if current == 0 && bounds.min > 0 {
      return Decision(
        desired: 0, wanted: 0, reason: "the group has no instances: the autoscaler is disabled",
        limitedBy: .disabled)
    }
    if bounds.clamp(current).constraint != nil {
      return observation.unchanged(within: bounds, "\(current) instances are out of bounds")
    }
    switch recommendation(on: observation) {
    case .failure(let failure):
      return observation.unchanged(within: bounds, lacking: failure.reason)
    case .success(let recommendation):
      let (desired, limit) = behavior.limit(
        recommendation.count, from: current, at: observation.time, within: bounds, remembering: &memory)
      return Decision(
        desired: desired, wanted: recommendation.wanted, reason: recommendation.reason,
        limitedBy: limit ?? recommendation.limitedBy)
    }
  }

  /// Returns the greatest of the metrics' recommendations; a failure if none can be had, or if one cannot and the
  /// others say down.
  private func recommendation(on observation: Observation) -> Result<Recommendation, MetricFailure> {
    var best: Recommendation?
    var failure: MetricFailure?
    for spec in specs {
      switch recommendation(of: spec, on: observation) {
      case .success(let next): best = best.map { next.count > $0.count ? next : $0 } ?? next
      case .failure(let reason): failure = failure ?? reason
      }
    }
    guard let best else { return .failure(failure ?? MetricFailure(reason: "there is no metric")) }
    if let failure, best.count < observation.current { return .failure(failure) }
    return .success(best)
  }
}
