/// A number of pods that a metric asks for.
struct Recommendation: Equatable {
  /// The number after tolerance and missing metrics.
  var count: Int
  /// The number before them.
  var wanted: Int
  /// The metric and the arithmetic.
  var reason: String
  /// The reason that `count` is not `wanted`.
  var limitedBy: Constraint?
}

/// The reason that a metric recommends nothing.
struct MetricFailure: Error, Equatable {
  var reason: String
}

extension HorizontalPodAutoscaler {
  /// Returns what one metric recommends (`replica_calculator.go`).
  func recommendation(
    of spec: MetricSpec, on observation: Observation
  ) -> Result<Recommendation, MetricFailure> {
    switch spec.source {
    case .resource, .pods: podRecommendation(of: spec, on: observation)
    case .object, .external: groupRecommendation(of: spec, on: observation)
    }
  }

  /// Returns whether a ratio of a metric to its target is too near to 1 to act on.
  private func isTolerated(_ ratio: Double) -> Bool {
    ratio >= 1 - (behavior.scaleDown.tolerance ?? tolerance)
      && ratio <= 1 + (behavior.scaleUp.tolerance ?? tolerance)
  }

  /// Returns the recommendation of a metric that has one value for the whole group.
  private func groupRecommendation(
    of spec: MetricSpec, on observation: Observation
  ) -> Result<Recommendation, MetricFailure> {
    guard let value = observation.metrics[spec.name] else {
      return .failure(MetricFailure(reason: "no data for \(spec.name)"))
    }
    let current = observation.current
    switch spec.target {
    case .average(let target):
      let wanted = count((value / target).rounded(.up))
      let reason = "\(spec.name) \(text(value)) for a target of \(text(target)) per pod: \(wanted)"
      let isHeld = isTolerated(value / (target * Double(current)))
      return .success(Self.held(isHeld, at: current, wanted: wanted, reason))
    case .value(let target), .utilization(let target):
      let ready =
        observation.pods.isEmpty ? current : observation.pods.count { $0.phase == .running && $0.isReady }
      let ratio = value / target
      let base = current == 0 ? 1 : ready
      let wanted = count((ratio * Double(base)).rounded(.up))
      let reason =
        "\(spec.name) \(text(value)) / \(text(target)) = \(text(ratio)): ceil(\(base) × \(text(ratio))) = \(wanted)"
      return .success(Self.held(current != 0 && isTolerated(ratio), at: current, wanted: wanted, reason))
    }
  }

  /// Returns the recommendation of a metric with a value for each pod.
  private func podRecommendation(
    of spec: MetricSpec, on observation: Observation
  ) -> Result<Recommendation, MetricFailure> {
    var group = PodGroup(of: spec, in: observation, self)
    if let failure = group.failure { return .failure(failure) }
    let current = observation.current
    let before = group.ratio
    let reason = "\(spec.name) \(group.usage) for a target of \(spec.target.words)"
    let growsWithUnready = !group.unready.isEmpty && before > 1
    if !growsWithUnready && group.missing.isEmpty {
      return .success(recommendation(before, of: group, at: current, reason))
    }
    group.addMissing()
    if growsWithUnready { group.addUnready() }
    let after = group.ratio
    var result = recommendation(
      after, of: group, at: current, "\(reason), \(group.usage) with missing and unready pods")
    let isReversed =
      (before < 1 && (after > 1 || result.count > current))
      || (before > 1 && (after < 1 || result.count < current))
    if isReversed && result.count != current {
      result.count = current
      result.limitedBy = .missingMetrics
    }
    return .success(result)
  }

  /// Returns the recommendation that follows from a ratio, unless it is tolerated.
  private func recommendation(
    _ ratio: Double, of group: PodGroup, at current: Int, _ reason: String
  ) -> Recommendation {
    let isHeld = isTolerated(ratio)
    let base = isHeld ? current : group.counted.count
    let wanted = count((ratio * Double(base)).rounded(.up))
    return Self.held(
      isHeld, at: current, wanted: wanted, "\(reason): ceil(\(base) × \(text(ratio))) = \(wanted)")
  }

  /// Returns a recommendation that tolerance holds at the current number, or not.
  private static func held(
    _ isHeld: Bool, at current: Int, wanted: Int, _ reason: String
  ) -> Recommendation {
    Recommendation(
      count: isHeld ? current : wanted, wanted: wanted, reason: reason,
      limitedBy: isHeld && wanted != current ? .tolerance : nil)
  }
}

extension MetricSpec.Target {
  /// The target as text.
  var words: String {
    switch self {
    case .utilization(let percent): "\(text(percent)) %"
    case .average(let value), .value(let value): text(value)
    }
  }
}
