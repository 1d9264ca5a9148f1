/// The parameters that trials are repeated for: model, workload, kernel, number of workers, schedule, placement and
/// requests.
public struct Configuration: Codable, Hashable, Sendable {
  /// The concurrency model.
  public var model: String
  /// Whether the model is a program from outside the suite; `nil` means no.
  public var isPeer: Bool?
  /// The workload.
  public var workload: String
  /// The kernel.
  public var kernel: String
  /// The number of workers.
  public var workers: Int
  /// The threads per process if a launcher starts the processes; `nil` means one.
  public var threadsPerRank: Int?
  /// The schedule: `static`, `dynamic` or `guided`; `nil` means one range per worker.
  public var schedule: String?
  /// The numbers per chunk; `nil` if the model chooses.
  public var grain: UInt64?
  /// The rule by which workers are put on CPUs, such as `cores` or `0,2,4-7`; `nil` leaves it to the system.
  public var placement: String?
  /// The N of a workload that processes every number 0…N.
  public var upTo: UInt64?
  /// The duration of a workload of fixed time, in nanoseconds.
  public var duration: UInt64?
  /// The percentage of that time during which each worker is busy; `nil` means 100.
  public var load: Int?
  /// The number of regions that a trial runs in a row in one process; `nil` means one.
  public var repetitions: Int?
  /// The requests of the workload `serve`; `nil` for any other.
  public var traffic: Traffic?

  /// Creates a configuration.
  public init(
    model: String, isPeer: Bool? = nil, workload: String, kernel: String = "scalar", workers: Int,
    threadsPerRank: Int? = nil, schedule: String? = nil, grain: UInt64? = nil, placement: String? = nil,
    upTo: UInt64? = nil,
    duration: UInt64? = nil, load: Int? = nil, repetitions: Int? = nil, traffic: Traffic? = nil
  ) {
    self.model = model
    self.isPeer = isPeer
    self.workload = workload
    self.kernel = kernel
    self.workers = workers
    self.threadsPerRank = threadsPerRank
    self.schedule = schedule
    self.grain = grain
    self.placement = placement
    self.upTo = upTo
    self.duration = duration
    self.load = load
    self.repetitions = repetitions
    self.traffic = traffic
  }
}

extension Configuration {
  /// Whether every number of the workload costs the same, so that rates are comparable whatever N is.
  public var hasUniformCost: Bool { upTo != nil && Self.hasUniformCost(workload) }

  /// Returns whether every number of a workload costs the same.
  public static func hasUniformCost(_ workload: String) -> Bool { workload == "sum" }

  /// The computation, without the way it is done. It has one right answer.
  public var work: Configuration {
    Configuration(
      model: "", workload: workload, kernel: "", workers: 0, upTo: upTo, duration: duration,
      traffic: traffic)
  }
}
