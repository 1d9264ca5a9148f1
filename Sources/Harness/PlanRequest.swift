import Records

/// What a user asks of a run; what is `nil` is chosen to suit the machine.
public struct PlanRequest: Sendable {
  /// The time of one worker that the amount of work is chosen for, in nanoseconds.
  public static let singleWorkerTime = 500_000_000.0

  /// The models to try.
  public var models: [InstalledModel]
  /// The workloads to try.
  public var workloads: [ModelDescription.Workload]
  /// The numbers of workers to try.
  public var workers: [Int]?
  /// The N of workloads of fixed amount.
  public var upTo: UInt64?
  /// The nanoseconds of workloads of fixed time.
  public var duration: UInt64?
  /// Trials of each configuration that count.
  public var trials: Int
  /// Trials of each configuration that come first and do not count.
  public var warmUps: Int
  /// The nanoseconds that the whole run should take at most, as far as times may be chosen.
  public var budget: UInt64
  /// How many CPUs the run may keep busy.
  public var effectiveCPUs: Int

  /// Describes a request.
  public init(
    models: [InstalledModel], workloads: [ModelDescription.Workload], workers: [Int]? = nil,
    upTo: UInt64? = nil,
    duration: UInt64? = nil, trials: Int, warmUps: Int, budget: UInt64, effectiveCPUs: Int
  ) {
    self.models = models
    self.workloads = workloads
    self.workers = workers
    self.upTo = upTo
    self.duration = duration
    self.trials = trials
    self.warmUps = warmUps
    self.budget = budget
    self.effectiveCPUs = effectiveCPUs
  }

  /// The plan that fulfils the request.
  ///
  /// - Parameter rates: Numbers a second of one worker, by workload of fixed amount.
  public func plan(rates: [String: Double]) -> Plan {
    var configurations = workloads.flatMap { workload in
      models.flatMap { self.configurations(of: $0.description, workload.name, rates) }
    }
    let estimate = TimeEstimate(rates: rates, effectiveCPUs: effectiveCPUs)
    let duration = duration ?? affordableDuration(configurations, estimate)
    for position in configurations.indices where configurations[position].upTo == nil {
      configurations[position].duration = duration
    }
    return Plan(configurations: configurations, trials: trials, warmUps: warmUps)
  }

  /// A model's configurations; those of fixed time do not have their duration yet.
  private func configurations(
    of model: ModelDescription, _ workload: String, _ rates: [String: Double]
  ) -> [Configuration] {
    guard let known = model.workloads.first(where: { $0.name == workload }) else { return [] }
    let chosen = roundNumber(near: (rates[workload] ?? 0) * Self.singleWorkerTime / 1e9)
    let counts = model.maximumWorkers == 1 ? [1] : workers ?? workerCounts(upTo: effectiveCPUs)
    return counts.filter { $0 <= model.maximumWorkers }.map { count in
      Configuration(
        model: model.model, workload: workload, workers: count,
        upTo: known.extent == .numbers ? upTo ?? chosen : nil)
    }
  }

  /// What of the budget the workloads of fixed amount leave, divided among all trials of fixed time: in steps
  /// of 100 ms, from 100 ms to 1 s.
  private func affordableDuration(_ configurations: [Configuration], _ estimate: TimeEstimate) -> UInt64 {
    let rounds = Double(trials + warmUps)
    let fixedAmount = configurations.filter { $0.upTo != nil }.reduce(0) { $0 + estimate.time(of: $1) }
    let fixedTime = configurations.filter { $0.upTo == nil }.count
    let left = Double(budget) / rounds - fixedAmount
    let steps = (left / Double(max(1, fixedTime)) / 1e8).rounded(.down)
    return UInt64(min(max(steps, 1), 10)) * 100_000_000
  }
}

/// 1, 2, 4 … and the most itself.
func workerCounts(upTo most: Int) -> [Int] {
  var counts = [1]
  while let last = counts.last, last < most { counts.append(min(last * 2, most)) }
  return counts
}
