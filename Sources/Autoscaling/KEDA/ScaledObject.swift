/// A KEDA ScaledObject that scales by the length of a queue.
///
/// The size is `ceil(queue / threshold)`, or 0 while the queue is not over the activation threshold, which comes first.
/// The way to 0 waits for the cooldown after the queue was last active. With `behavior`, the HorizontalPodAutoscaler
/// that KEDA makes limits the rest; without, the formula decides alone. Source: kedacore/keda-docs,
/// `scaledobject-spec` and "Scaling Deployments".
public struct ScaledObject: ScalingRule, Equatable, Sendable {
  /// The meaning of the threshold.
  public enum MetricType: String, Codable, CaseIterable, Sendable {
    /// Per instance: `ceil(queue / threshold)`.
    case averageValue = "AverageValue"
    /// Of the queue as a whole: `ceil(instances × queue / threshold)`.
    case value = "Value"
  }

  /// The queue's length that one instance, or the group, may have.
  public var threshold: Double
  /// The length that the queue must exceed for any instance to run.
  public var activation: Double
  /// The meaning of the threshold.
  public var metricType: MetricType
  /// The time between two looks at the queue in seconds.
  public var pollingInterval: Double
  /// The time in seconds after the queue was last active until the group goes to 0.
  public var cooldown: Double
  /// The limits of the HorizontalPodAutoscaler that KEDA makes; `nil` leaves them out.
  public var behavior: ScalingBehavior?

  /// Creates the rule with the defaults of KEDA.
  public init(
    threshold: Double, activation: Double = 0, metricType: MetricType = .averageValue,
    pollingInterval: Double = 30,
    cooldown: Double = 300, behavior: ScalingBehavior? = nil
  ) {
    self.threshold = threshold
    self.activation = activation
    self.metricType = metricType
    self.pollingInterval = pollingInterval
    self.cooldown = cooldown
    self.behavior = behavior
  }

  var kind: String { "keda" }
  var defaultBounds: Bounds { Bounds(max: 100) }
  var interval: Double { behavior == nil ? pollingInterval : min(pollingInterval, 15) }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    guard let queue = observation.queue else {
      return observation.unchanged(within: bounds, lacking: Observation.unknownQueue)
    }
    let isActive = queue > activation
    if isActive { memory.lastActive = observation.time }
    let (wanted, arithmetic) = size(for: queue, current: observation.current)
    let reason = "queue \(text(queue)) for a threshold of \(text(threshold)): \(arithmetic) = \(wanted)"
    if !isActive && bounds.min == 0 {
      let place = "queue \(text(queue)) is not over the activation threshold \(text(activation))"
      let left = memory.lastActive.map { $0 + cooldown - observation.time } ?? -1
      if observation.current == 0 || left < 0 {
        return Decision(desired: 0, wanted: wanted, reason: place, limitedBy: wanted > 0 ? .activation : nil)
      }
      var held = limited(max(1, wanted), reason, observation, within: bounds, &memory)
      held.reason = "\(place), but the cooldown lasts for another \(text(left)) s"
      held.wanted = 0
      held.limitedBy = .cooldown
      return held
    }
    if behavior != nil && observation.current == 0 {
      let (first, bound) = bounds.clamp(max(1, bounds.min))
      return Decision(
        desired: first, wanted: wanted, reason: "\(reason); the way from 0 leads over \(first)",
        limitedBy: bound ?? (wanted > first ? .activation : nil))
    }
    return limited(wanted, reason, observation, within: bounds, &memory)
  }

  /// Returns the size that the threshold asks for, and the arithmetic.
  private func size(for queue: Double, current: Int) -> (Int, String) {
    let ratio = "\(text(queue)) / \(text(threshold))"
    if metricType == .averageValue || current == 0 {
      return (count(snapped(queue / threshold).rounded(.up)), "ceil(\(ratio))")
    }
    return (count(snapped(Double(current) * queue / threshold).rounded(.up)), "ceil(\(current) × \(ratio))")
  }

  /// Returns the decision of the HorizontalPodAutoscaler that KEDA makes, with the tolerance of Kubernetes.
  private func limited(
    _ wanted: Int, _ reason: String, _ observation: Observation, within bounds: Bounds,
    _ memory: inout PolicyMemory
  ) -> Decision {
    guard let behavior else {
      return observation.decision(wanted, wanted: wanted, reason, limitedBy: nil, within: bounds)
    }
    let name = "queue"
    var single = observation
    single.metrics[name] = observation.queue
    single.pods = []
    let target: MetricSpec.Target = metricType == .averageValue ? .average(threshold) : .value(threshold)
    let autoscaler = HorizontalPodAutoscaler([MetricSpec(.external, name, target)], behavior: behavior)
    let atLeastOne = Bounds(min: max(1, bounds.min), max: bounds.max)
    var decision = autoscaler.decide(on: single, within: atLeastOne, remembering: &memory)
    decision.reason = reason
    return decision
  }
}
