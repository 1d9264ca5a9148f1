import Records

extension PlanRequest {
  /// The region time of one worker that an N is chosen for, in nanoseconds; half of it if the run would exceed its budget.
  public static let singleWorkerTime = 500_000_000.0
  /// The shortest duration that is chosen for a trial of fixed time, in nanoseconds.
  static let shortestDuration = 100_000_000.0

  /// Returns the plan that fulfils the request.
  ///
  /// - Parameter costs: The costs of the workloads of fixed amount for one worker.
  public func plan(costs: Costs) -> Plan {
    let estimate = TimeEstimate(costs: costs, effectiveCPUs: effectiveCPUs)
    var sized = withAmounts(costs, taking: Self.singleWorkerTime)
    let isFree = workloads.contains { $0.extent == .numbers && givenAmount(of: $0.name) == nil }
    if isFree, timeLeft(for: sized, estimate) < Self.shortestDuration {
      sized = withAmounts(costs, taking: Self.singleWorkerTime / 2)
    }
    let duration = givenDuration ?? affordableDuration(for: sized, estimate)
    for position in sized.indices where sized[position].upTo == nil { sized[position].duration = duration }
    var plan = Plan(configurations: sized, trials: trials, warmUps: warmUps, seed: seed)
    if let precision { (plan.precision, plan.budget) = (precision, budget) }
    return plan
  }

  /// Returns the N that a workload must have, as asked for or as in the baseline, or `nil` if it is to be chosen.
  public func givenAmount(of workload: String) -> UInt64? {
    upTo ?? baselineAmount(of: workload, peer: nil)
  }

  /// The duration that workloads of fixed time must have, in nanoseconds; `nil` if it is to be chosen.
  public var givenDuration: UInt64? {
    duration ?? baseline?.configurations.lazy.compactMap(\.duration).first
  }

  /// Returns the N that a workload had in the baseline, of the suite's models or of a peer, which may have had its own.
  private func baselineAmount(of workload: String, peer: String?) -> UInt64? {
    baseline?.configurations.first {
      $0.workload == workload && $0.upTo != nil && ($0.isPeer == true ? $0.model : nil) == peer
    }?.upTo
  }

  /// Returns the configurations, those of fixed amount with an N that takes one worker about `time` nanoseconds.
  private func withAmounts(_ costs: Costs, taking time: Double) -> [Configuration] {
    let ofFixedAmount = Set(workloads.filter { $0.extent == .numbers }.map(\.name))
    return configurations.map { configuration in
      var sized = configuration
      if ofFixedAmount.contains(configuration.workload) {
        sized.upTo = amount(for: configuration, costs, taking: time)
      }
      return sized
    }
  }

  /// Returns the N for a configuration: as asked for, or what takes one worker of the suite, or of the first peer if no
  /// model of the suite is chosen, the given time. A peer that would take over ten times as long gets an N of its own.
  private func amount(for configuration: Configuration, _ costs: Costs, taking time: Double) -> UInt64 {
    let workload = configuration.workload
    let peer = configuration.isPeer == true ? configuration.model : nil
    if upTo == nil, let amount = baselineAmount(of: workload, peer: peer) { return amount }
    let peers = models.lazy.filter(\.isPeer).map(\.description.model)
    let reference =
      costs[workload, "scalar"] ?? peers.compactMap { costs[workload, "scalar", peer: $0] }.first
    let common = givenAmount(of: workload) ?? roundNumber(near: reference?.upTo(taking: time) ?? 0)
    guard let peer, let reference, let own = costs[workload, "scalar", peer: peer],
      own.time(of: common) > 10 * reference.time(of: common)
    else { return common }
    return min(common, roundNumber(near: own.upTo(taking: time)))
  }

  /// Returns a duration for trials of fixed time that keeps the fewest rounds within the budget, in steps of 100 ms from
  /// 100 ms to 1 s.
  private func affordableDuration(for configurations: [Configuration], _ estimate: TimeEstimate) -> UInt64 {
    let steps = (timeLeft(for: configurations, estimate) / Self.shortestDuration).rounded(.down)
    return UInt64(min(max(steps, 1), 10) * Self.shortestDuration)
  }

  /// Returns the nanoseconds of the budget that workloads of fixed amount leave to each trial of fixed time in the
  /// fewest rounds; negative if they leave none. If there is a precision to reach, a ninth of the budget is kept for
  /// further rounds.
  private func timeLeft(for configurations: [Configuration], _ estimate: TimeEstimate) -> Double {
    let available = Double(budget) * (precision == nil ? 1 : 8.0 / 9)
    let fixedAmount = configurations.filter { $0.upTo != nil }.reduce(0) { $0 + estimate.time(of: $1) }
    let fixedTime = configurations.filter { $0.upTo == nil }.reduce(0) { $0 + ($1.repetitions ?? 1) }
    return (available / Double(trials + warmUps) - fixedAmount) / Double(max(1, fixedTime))
  }
}
