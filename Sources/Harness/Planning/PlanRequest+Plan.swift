import Records

extension PlanRequest {
  /// The region times of one worker that an N is chosen for, in nanoseconds: the first with which the run keeps within its
  /// budget, or else the last.
  static let singleWorkerTimes = [500e6, 400e6, shortestRegion]
  /// The shortest region that is measured, in nanoseconds, however many workers share it. In less, a worker may not even
  /// be awake before the others have done its work.
  static let shortestRegion = 150e6
  /// The shortest duration that is chosen for a trial of fixed time, in nanoseconds.
  static let shortestDuration = 100_000_000.0
  /// The part of the rate that the slowest server can answer which all servers get. With more, those with the longest queues
  /// would show the queue and not themselves.
  static let offeredShare = 0.5

  /// Returns the plan that fulfils the request.
  ///
  /// - Parameter costs: The costs of the workloads of fixed amount for one worker.
  public func plan(costs: Costs) -> Plan {
    let estimate = TimeEstimate(costs: costs, effectiveCPUs: effectiveCPUs)
    if mayTrimMemory, takesTooLong(withAmounts(costs, taking: Self.shortestRegion), estimate) {
      return withFewerModels.plan(costs: costs)
    }
    let candidates = Self.singleWorkerTimes.lazy.map { withAmounts(costs, taking: $0) }
    var sized =
      candidates.first { timeLeft(for: $0, estimate) >= Self.shortestDuration } ?? candidates.last ?? []
    let duration = givenDuration ?? affordableDuration(for: sized, estimate)
    for position in sized.indices where !sized[position].hasFixedAmount {
      sized[position].duration =
        sized[position].traffic?.generator == nil ? duration : OtherGenerator.duration(atLeast: duration)
    }
    let rate = traffic.rate ?? costs.leastCapacity.map { roundedDown(Self.offeredShare * $0) }
    for position in sized.indices { sized[position].traffic?.rate = rate }
    var plan = Plan(configurations: sized, trials: trials, warmUps: warmUps, seed: seed)
    plan.mostForeignLoad = mostForeignLoad
    if let precision { (plan.precision, plan.budget) = (precision, budget) }
    if hasCommands { fitCommands(&plan, estimate) }
    return plan
  }

  /// Whether commands are tried, and nothing else.
  public var hasCommands: Bool { models.contains { $0.command != nil } }

  /// Gives commands that take long as few rounds as fit in the budget, at least one, unless the number is given. The first
  /// warm-up trial was the one that measured the time.
  private func fitCommands(_ plan: inout Plan, _ estimate: TimeEstimate) {
    plan.warmUps = max(0, warmUps - 1)
    let round = plan.configurations.reduce(0) { $0 + estimate.time(of: $1) }
    if hasGivenTrials || round <= 0 { return }
    let rounds = (Double(budget) / round).rounded(.down) - Double(plan.warmUps)
    plan.trials = min(trials, max(1, Int(min(rounds, 1e6))))
  }

  /// Whether the least that is run of `memory` takes more than two fifths of the budget.
  private func takesTooLong(_ configurations: [Configuration], _ estimate: TimeEstimate) -> Bool {
    let time = configurations.filter { $0.operation != nil }.reduce(0) { $0 + estimate.time(of: $1) }
    return time * Double((trials + warmUps) * suites) > 0.4 * Double(budget)
  }

  /// The request with `memory` only for `single`, and for the last model that can place single workers (of the suite, that is
  /// `threads`).
  private var withFewerModels: PlanRequest {
    var request = self
    request.mayTrimMemory = false
    let last = models.last { !$0.isPeer && $0.description.placement == .workers }?.description.model
    request.memoryModels = Set(["single", last].compactMap(\.self))
    return request
  }

  /// The duration that workloads of fixed time must have, in nanoseconds; `nil` if it is to be chosen.
  public var givenDuration: UInt64? {
    duration ?? baseline?.configurations.lazy.compactMap(\.duration).first
  }

  /// Returns the N that a configuration must have, as asked for or as in the baseline; `nil` if it is to be chosen.
  public func givenAmount(of configuration: Configuration) -> UInt64? {
    upTo ?? baselineAmount(of: configuration) { $0.workers == configuration.workers }
      ?? baselineAmount(of: configuration) { _ in true }
  }

  /// Returns the N of a configuration in the baseline with the same workload and kernel, of the suite's models or of the
  /// same peer.
  private func baselineAmount(of one: Configuration, where isAlike: (Configuration) -> Bool) -> UInt64? {
    let peer = one.isPeer == true ? one.model : nil
    return baseline?.configurations.first {
      $0.workload == one.workload && $0.operation == one.operation && $0.kernel == one.kernel
        && $0.upTo != nil
        && ($0.isPeer == true ? $0.model : nil) == peer
        && isAlike($0)
    }?.upTo
  }

  /// Returns the configurations, those of fixed amount with an N that takes one worker about `time` nanoseconds.
  private func withAmounts(_ costs: Costs, taking time: Double) -> [Configuration] {
    let ofFixedAmount = Set(workloads.filter { $0.extent == .numbers }.map(\.name))
    let all = configurations
    let most = Dictionary(all.map { ($0.workload, $0.workers) }, uniquingKeysWith: { max($0, $1) })
    return all.map { configuration in
      var sized = configuration
      if ofFixedAmount.contains(configuration.workload), configuration.command == nil {
        sized.upTo = amount(
          for: configuration, costs, taking: time, mostWorkers: most[configuration.workload] ?? 1)
        if upTo == nil { sized.roundUpToWholePasses() }
      }
      return sized
    }
  }

  /// Returns the N for a configuration: as given, or a round number that takes one worker the given time, or a greater one
  /// if so many workers together would take less than `shortestRegion`.
  ///
  /// A peer has the N of the suite, or of the first peer if no model of the suite is chosen. If that takes it over ten times
  /// as long, or less than `shortestRegion`, it gets an N of its own.
  private func amount(
    for configuration: Configuration, _ costs: Costs, taking time: Double, mostWorkers: Int
  ) -> UInt64 {
    let (workload, isPeer) = (configuration.workload, configuration.isPeer == true)
    if upTo == nil {
      let known = baselineAmount(of: configuration) { isPeer || $0.workers == configuration.workers }
      if let known { return known }
    }
    let given = givenAmount(of: configuration)
    let peers = models.lazy.filter(\.isPeer).map(\.description.model)
    let suite = isPeer ? costs.reference(for: configuration) : costs.cost(of: configuration)
    let reference = suite ?? peers.compactMap { costs.reference(for: configuration, peer: $0) }.first
    guard let reference else { return given ?? 1 }
    let own = (isPeer ? costs.cost(of: configuration) : nil) ?? reference
    let common = given ?? amount(of: workload, taking: time, costing: reference)
    if own.time(of: common) > 10 * reference.time(of: common) {
      return min(common, amount(of: workload, taking: time, costing: own))
    }
    let isLong = own.time(of: common) >= Self.shortestRegion
    if upTo != nil || given != nil && !(isLong && Configuration.hasUniformCost(workload)) { return common }
    let fitting = isLong ? common : amount(of: workload, taking: time, costing: own)
    let workers = Configuration.hasUniformCost(workload) ? configuration.workers : mostWorkers
    return amount(of: workload, atLeast: fitting, workers: min(workers, effectiveCPUs), costing: own)
  }

  /// Returns an N that takes one worker about `time` nanoseconds: a round number, or if the time is the shortest and every
  /// number costs the same, a number of three digits that takes no less and hardly more.
  private func amount(of workload: String, taking time: Double, costing cost: Cost) -> UInt64 {
    // Only 1, 2 and 5 times a power of ten have a known answer in every workload.
    if !Configuration.hasUniformCost(workload) { return cost.amount(taking: time) }
    let upTo = cost.upTo(taking: time)
    return time > Self.shortestRegion
      ? roundNumber(near: upTo, steps: [10, 15, 20, 30, 50, 70]) : roundedUp(upTo)
  }

  /// Returns an N, not below `upTo`, with which so many workers take `shortestRegion` or more. If every number costs the
  /// same, that is for the worker counts that need it; otherwise for all, because their rates would not be comparable.
  private func amount(
    of workload: String, atLeast upTo: UInt64, workers: Int, costing cost: Cost
  ) -> UInt64 {
    let time = Double(workers) * Self.shortestRegion
    if cost.time(of: upTo) >= time { return upTo }
    let least = cost.upTo(taking: time)
    // The nearest to 1.6 times a value is not below it.
    return Configuration.hasUniformCost(workload) ? roundedUp(least) : roundNumber(near: 1.6 * least)
  }

  /// Returns a duration for trials of fixed time that keeps the fewest rounds within the budget, in steps of 100 ms from
  /// 100 ms to 1 s.
  private func affordableDuration(for configurations: [Configuration], _ estimate: TimeEstimate) -> UInt64 {
    let steps = (timeLeft(for: configurations, estimate) / Self.shortestDuration).rounded(.down)
    return UInt64(min(max(steps, 1), 10) * Self.shortestDuration)
  }

  /// Returns the nanoseconds of the budget that workloads of fixed amount leave to each trial of fixed time in the
  /// fewest rounds; negative if they leave none. If there is a precision to reach, a fifth of the budget is kept for
  /// further rounds; if gates judge the run, three fifths.
  private func timeLeft(for configurations: [Configuration], _ estimate: TimeEstimate) -> Double {
    let available = Double(budget) * (precision == nil ? 1 : isGated ? 2.0 / 5 : 4.0 / 5)
    let fixedAmount = configurations.filter(\.hasFixedAmount).reduce(0) { $0 + estimate.time(of: $1) }
    let fixedTime = configurations.filter { !$0.hasFixedAmount }.reduce(0) { $0 + $1.time(ofDuration: 1) }
    return (available / Double((trials + warmUps) * suites) - fixedAmount) / max(1, fixedTime)
  }
}
