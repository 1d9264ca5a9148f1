import Records

extension PlanRequest {
  /// The plan that fulfils the request.
  ///
  /// - Parameter costs: What the workloads of fixed amount cost one worker.
  public func plan(costs: Costs) -> Plan {
    var configurations = configurations(costs, Self.singleWorkerTime)
    let isFree = workloads.contains { $0.extent == .numbers && givenAmount(of: $0.name) == nil }
    if isFree, timeLeft(for: configurations, costs) < Self.shortestDuration {
      configurations = self.configurations(costs, Self.singleWorkerTime / 2)
    }
    let duration = givenDuration ?? affordableDuration(configurations, costs)
    for position in configurations.indices where configurations[position].upTo == nil {
      configurations[position].duration = duration
    }
    return Plan(configurations: configurations, trials: trials, warmUps: warmUps)
  }

  /// The kernels to try a workload with.
  public func kernels(of workload: ModelDescription.Workload) -> [String] {
    workload.extent == .numbers ? kernels ?? ["scalar", "simd"] : ["scalar"]
  }

  /// All configurations; those of fixed time do not have their duration yet.
  ///
  /// - Parameter time: The nanoseconds of one worker that an N is chosen for.
  private func configurations(_ costs: Costs, _ time: Double) -> [Configuration] {
    workloads.flatMap { workload in
      kernels(of: workload).flatMap { kernel in
        models.flatMap { configurations(of: $0, workload.name, kernel) { amount(for: $0, $1, costs, time) } }
      }
    }
  }

  /// A model's configurations with one kernel.
  private func configurations(
    of model: InstalledModel, _ name: String, _ kernel: String,
    _ amount: (InstalledModel, ModelDescription.Workload) -> UInt64
  ) -> [Configuration] {
    guard let workload = model.workload(name), workload.kernelNames.contains(kernel) else { return [] }
    let isNumbers = workload.extent == .numbers
    let own = model.description.schedules ?? []
    let chosen = isNumbers ? (schedules ?? []).filter(own.contains) : []
    let schedules: [String?] = chosen.isEmpty ? [nil] : chosen
    let ways = counts(for: model.description, kernel).flatMap { count in
      threads(for: model.description, count).map { (count, $0) }
    }
    return ways.flatMap { count, threads in
      schedules.map { schedule in
        Configuration(
          model: model.description.model, isPeer: model.isPeer ? true : nil, workload: name, kernel: kernel,
          workers: count, threadsPerRank: threads, schedule: schedule, grain: schedule.flatMap { _ in grain },
          upTo: isNumbers ? amount(model, workload) : nil,
          repetitions: repetitions > 1 && !model.isPeer ? repetitions : nil)
      }
    }
  }

  private func counts(for model: ModelDescription, _ kernel: String) -> [Int] {
    if model.maximumWorkers == 1 { return [1] }
    let all = (workers ?? workerCounts(upTo: effectiveCPUs)).filter { $0 <= model.maximumWorkers }
    return kernels == nil && kernel != "scalar" ? all.filter { $0 == all.max() } : all
  }

  /// The threads of a process with which a number of workers comes out even; `nil` is one.
  private func threads(for model: ModelDescription, _ workers: Int) -> [Int?] {
    guard model.isLaunched == true, let threadsPerRank else { return [nil] }
    return threadsPerRank.filter { workers.isMultiple(of: $0) }.map { $0 == 1 ? nil : $0 }
  }

  /// The N for a model: the one that was asked for, or that takes one worker of the suite the given time; where no
  /// model of the suite is chosen, one of the first peer. A peer that would take more than ten times as long gets
  /// one that takes it this time itself.
  private func amount(
    for model: InstalledModel, _ workload: ModelDescription.Workload, _ costs: Costs, _ time: Double
  ) -> UInt64 {
    let peers = models.lazy.filter(\.isPeer).map(\.description.model)
    let measure =
      costs[workload.name, "scalar"]
      ?? peers.compactMap { costs[workload.name, "scalar", peer: $0] }.first
    let peer = model.isPeer ? model.description.model : nil
    if upTo == nil, let amount = baselineAmount(of: workload.name, peer: peer) { return amount }
    let common = givenAmount(of: workload.name) ?? roundNumber(near: measure?.upTo(taking: time) ?? 0)
    guard model.isPeer, let measure, let own = costs[workload.name, "scalar", peer: model.description.model],
      own.time(of: common) > 10 * measure.time(of: common)
    else { return common }
    return min(common, roundNumber(near: own.upTo(taking: time)))
  }

  /// What of the budget the workloads of fixed amount leave to every trial of fixed time, in steps of 100 ms, from
  /// 100 ms to 1 s.
  private func affordableDuration(_ configurations: [Configuration], _ costs: Costs) -> UInt64 {
    let steps = (timeLeft(for: configurations, costs) / Self.shortestDuration).rounded(.down)
    return UInt64(min(max(steps, 1), 10) * Self.shortestDuration)
  }

  /// The nanoseconds of the budget that the workloads of fixed amount leave to every trial of fixed time; negative
  /// where they leave none.
  private func timeLeft(for configurations: [Configuration], _ costs: Costs) -> Double {
    let estimate = TimeEstimate(costs: costs, effectiveCPUs: effectiveCPUs)
    let rounds = Double(trials + warmUps)
    let fixedAmount = configurations.filter { $0.upTo != nil }.reduce(0) { $0 + estimate.time(of: $1) }
    let fixedTime = configurations.filter { $0.upTo == nil }.reduce(0) { $0 + ($1.repetitions ?? 1) }
    return (Double(budget) / rounds - fixedAmount) / Double(max(1, fixedTime))
  }
}

extension ModelDescription.Workload {
  /// The inner loops that there are on this machine.
  public var kernelNames: [String] { kernels ?? ["scalar"] }
}
