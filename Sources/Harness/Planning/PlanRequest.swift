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
  /// The threads of each process to try, for models with a launcher; `nil` is one.
  public var threadsPerRank: [Int]?
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
  /// The plan of a run to compare with: N and times that were not asked for are as there.
  public var baseline: Plan?
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

extension PlanRequest {
  /// The N that a workload must have: what was asked for, or what the run to compare with had; `nil` where one is to
  /// be chosen.
  public func givenAmount(of workload: String) -> UInt64? {
    upTo ?? baselineAmount(of: workload, peer: nil)
  }

  /// The N that a workload had in the run to compare with: of the suite's models, or of a peer, which may have had one
  /// of its own; `nil` where there is none.
  func baselineAmount(of workload: String, peer: String?) -> UInt64? {
    baseline?.configurations.first {
      $0.workload == workload && $0.upTo != nil && ($0.isPeer == true ? $0.model : nil) == peer
    }?.upTo
  }

  /// The nanoseconds that workloads of fixed time must take; `nil` where they are to be chosen.
  public var givenDuration: UInt64? {
    duration ?? baseline?.configurations.lazy.compactMap(\.duration).first
  }
}

/// 1, 2, 4 … and the most itself.
func workerCounts(upTo most: Int) -> [Int] {
  var counts = [1]
  while let last = counts.last, last < most { counts.append(min(last * 2, most)) }
  return counts
}
