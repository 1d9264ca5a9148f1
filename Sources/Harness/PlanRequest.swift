import Records

/// What a user asks of a run; what is `nil` is chosen to suit the machine.
public struct PlanRequest: Sendable {
  /// The time of one worker that the amount of work is chosen for, in nanoseconds; half of it where the run would
  /// not keep within its budget.
  public static let singleWorkerTime = 500_000_000.0
  /// The least time that is chosen for a trial of fixed time, in nanoseconds.
  static let shortestDuration = 100_000_000.0

  /// The models to try.
  public var models: [InstalledModel]
  /// The workloads to try.
  public var workloads: [ModelDescription.Workload]
  /// The numbers of workers to try.
  public var workers: [Int]?
  /// The kernels to try; `nil` is `scalar` at every number of workers and `simd` at the greatest.
  public var kernels: [String]?
  /// The schedules to try, each with the models that have it; a model that has none of them, and every model where
  /// this is `nil`, gives each worker one range.
  public var schedules: [String]?
  /// The numbers in a chunk; `nil` lets each model choose.
  public var grain: UInt64?
  /// The N of workloads of fixed amount.
  public var upTo: UInt64?
  /// The nanoseconds of workloads of fixed time.
  public var duration: UInt64?
  /// Regions that a trial runs one after the other in one process.
  public var repetitions: Int
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
    kernels: [String]? = nil, schedules: [String]? = nil, grain: UInt64? = nil, upTo: UInt64? = nil,
    duration: UInt64? = nil, repetitions: Int = 1, trials: Int, warmUps: Int, budget: UInt64,
    effectiveCPUs: Int
  ) {
    self.models = models
    self.workloads = workloads
    self.workers = workers
    self.kernels = kernels
    self.schedules = schedules
    self.grain = grain
    self.upTo = upTo
    self.duration = duration
    self.repetitions = repetitions
    self.trials = trials
    self.warmUps = warmUps
    self.budget = budget
    self.effectiveCPUs = effectiveCPUs
  }
}

/// 1, 2, 4 … and the most itself.
func workerCounts(upTo most: Int) -> [Int] {
  var counts = [1]
  while let last = counts.last, last < most { counts.append(min(last * 2, most)) }
  return counts
}
