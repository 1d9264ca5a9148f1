/// What trials are repeated for: a model, a workload, a kernel, a number of workers and a schedule.
public struct Configuration: Codable, Hashable, Sendable {
  /// The concurrency model.
  public var model: String
  /// Whether the model is a program from outside the suite; `nil` is no.
  public var isPeer: Bool?
  /// What is computed.
  public var workload: String
  /// The inner loop that computes it.
  public var kernel: String
  /// The number of workers.
  public var workers: Int
  /// How many of the workers are threads of one process, where a launcher starts the processes; `nil` is one.
  public var threadsPerRank: Int?
  /// How numbers are dealt to the workers: `static`, `dynamic` or `guided`; `nil` is one range a worker.
  public var schedule: String?
  /// The numbers in a chunk; `nil` where the model chooses.
  public var grain: UInt64?
  /// The N of a workload that treats every number 0…N.
  public var upTo: UInt64?
  /// The nanoseconds that a workload of fixed time takes.
  public var duration: UInt64?
  /// The percentage of that time in which each worker is busy; `nil` is all of it.
  public var load: Int?
  /// How many regions a trial runs one after the other in one process; `nil` is one.
  public var repetitions: Int?

  /// Describes a configuration.
  public init(
    model: String, isPeer: Bool? = nil, workload: String, kernel: String = "scalar", workers: Int,
    threadsPerRank: Int? = nil, schedule: String? = nil, grain: UInt64? = nil, upTo: UInt64? = nil,
    duration: UInt64? = nil, load: Int? = nil, repetitions: Int? = nil
  ) {
    self.model = model
    self.isPeer = isPeer
    self.workload = workload
    self.kernel = kernel
    self.workers = workers
    self.threadsPerRank = threadsPerRank
    self.schedule = schedule
    self.grain = grain
    self.upTo = upTo
    self.duration = duration
    self.load = load
    self.repetitions = repetitions
  }
}

extension Configuration {
  /// What is to be computed, without how. It has one right answer.
  public var work: Configuration {
    Configuration(model: "", workload: workload, kernel: "", workers: 0, upTo: upTo, duration: duration)
  }
}
