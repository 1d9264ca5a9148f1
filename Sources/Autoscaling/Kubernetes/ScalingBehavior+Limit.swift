extension ScalingBehavior {
  /// Returns the number of pods that the limits allow, and the limit that was hit (`horizontal.go`): stabilization, then
  /// rates, then bounds. Keeps the recommendation and the change in the memory.
  func limit(
    _ recommendation: Int, from current: Int, at time: Double, within bounds: Bounds,
    remembering memory: inout PolicyMemory
  ) -> (count: Int, constraint: Constraint?) {
    let stable = stabilized(recommendation, current, time, memory.recommendations)
    memory.recommendations.append(.init(time: time, count: recommendation))
    let window = max(scaleUp.stabilizationWindow, scaleDown.stabilizationWindow)
    memory.recommendations.removeAll { $0.time <= time - window }

    var result = limited(stable, current, time, within: bounds, memory)
    if result.constraint == nil && stable != recommendation { result.constraint = .stabilization }
    let period = (scaleUp.policies + scaleDown.policies).map(\.period).max() ?? 0
    memory.added.removeAll { $0.time <= time - period }
    memory.removed.removeAll { $0.time <= time - period }
    if result.count > current { memory.added.append(.init(time: time, count: result.count - current)) }
    if result.count < current { memory.removed.append(.init(time: time, count: current - result.count)) }
    return result
  }

  /// Returns the current number, clamped into the range from the least recommendation of the upward window to the
  /// greatest of the downward window.
  private func stabilized(
    _ recommendation: Int, _ current: Int, _ time: Double, _ earlier: [PolicyMemory.Entry]
  ) -> Int {
    func counts(in rules: Rules) -> [Int] {
      earlier.filter { $0.time > time - rules.stabilizationWindow }.map(\.count)
    }
    let least = counts(in: scaleUp).reduce(recommendation, min)
    let greatest = counts(in: scaleDown).reduce(recommendation, max)
    return min(max(current, least), greatest)
  }

  /// Returns the number that rates and bounds allow.
  private func limited(
    _ wanted: Int, _ current: Int, _ time: Double, within bounds: Bounds, _ memory: PolicyMemory
  ) -> (count: Int, constraint: Constraint?) {
    if wanted > current {
      let rate = max(current, rateLimit(scaleUp, 1, current, time, memory))
      if wanted <= min(rate, bounds.max) { return (wanted, nil) }
      return rate < bounds.max
        ? (rate, scaleUp.select == .disabled ? .disabled : .scaleUpRate) : (bounds.max, .max)
    }
    if wanted < current {
      let rate = min(current, rateLimit(scaleDown, -1, current, time, memory))
      if wanted >= max(rate, bounds.min) { return (wanted, nil) }
      return rate > bounds.min
        ? (rate, scaleDown.select == .disabled ? .disabled : .scaleDownRate) : (bounds.min, .min)
    }
    return (wanted, nil)
  }

  /// Returns the number of pods that the policies of a direction allow.
  ///
  /// Each counts from the number at the start of its period. Up rounds up, down truncates.
  ///
  /// - Parameter sign: 1 for up, −1 for down.
  private func rateLimit(
    _ rules: Rules, _ sign: Int, _ current: Int, _ time: Double, _ memory: PolicyMemory
  ) -> Int {
    guard rules.select != .disabled else { return current }
    let proposals = rules.policies.map { policy in
      func change(_ entries: [PolicyMemory.Entry]) -> Int {
        entries.filter { $0.time > time - policy.period }.reduce(0) { $0 + $1.count }
      }
      let start = current - change(memory.added) + change(memory.removed)
      switch policy.unit {
      case .pods: return start + sign * policy.value
      case .percent:
        let size = Double(start) * (1 + Double(sign * policy.value) / 100)
        return count(size.rounded(sign > 0 ? .up : .towardZero))
      }
    }
    let isGreatest = (rules.select == .max) == (sign > 0)
    return (isGreatest ? proposals.max() : proposals.min()) ?? current
  }
}
