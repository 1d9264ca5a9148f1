/// The parameters that trials are repeated for: model, workload, kernel, number of workers, schedule, placement, requests
/// and command.
public struct Configuration: Codable, Hashable, Sendable {
  /// The concurrency model, or the name of a command.
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
  /// The N of a workload that processes every number 0…N; of `memory`, the steps less one.
  public var upTo: UInt64?
  /// The operation of `memory`, such as `triad`; `nil` for any other workload.
  public var operation: String?
  /// The bytes of each array of `memory`; `nil` for any other workload.
  public var size: UInt64?
  /// The duration of a workload of fixed time, in nanoseconds.
  public var duration: UInt64?
  /// The percentage of that time during which each worker is busy; `nil` means 100.
  public var load: Int?
  /// The number of regions that a trial runs in a row in one process; `nil` means one.
  public var repetitions: Int?
  /// The requests of the workload `serve`; `nil` for any other.
  public var traffic: Traffic?
  /// The command of the workload `command`; `nil` for any other.
  public var command: CommandWork?

  /// Creates a configuration.
  public init(
    model: String, isPeer: Bool? = nil, workload: String, kernel: String = "scalar", workers: Int,
    threadsPerRank: Int? = nil, schedule: String? = nil, grain: UInt64? = nil, placement: String? = nil,
    upTo: UInt64? = nil, operation: String? = nil, size: UInt64? = nil,
    duration: UInt64? = nil, load: Int? = nil, repetitions: Int? = nil, traffic: Traffic? = nil,
    command: CommandWork? = nil
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
    self.operation = operation
    self.size = size
    self.duration = duration
    self.load = load
    self.repetitions = repetitions
    self.traffic = traffic
    self.command = command
  }
}

extension Configuration {
  /// Whether every number of the workload costs the same, so that rates are comparable whatever N is.
  public var hasUniformCost: Bool { upTo != nil && Self.hasUniformCost(workload) }

  /// Returns whether every number of a workload costs the same.
  public static func hasUniformCost(_ workload: String) -> Bool {
    workload == "sum" || workload == memory
  }

  /// The name of the workload that streams through arrays.
  public static let memory = "memory"

  /// The bytes of a step, as STREAM counts them: of every double that is read or written, but not of a line that is read only
  /// to be overwritten. `nil` for any workload but `memory`.
  public var bytesPerStep: UInt64? { Self.bytesPerStep(of: operation) }

  static func bytesPerStep(of operation: String?) -> UInt64? {
    switch operation {
    case nil: nil
    case "copy", "scale": 16
    default: 24
    }
  }

  /// The elements of each array of `memory`, and so the steps of a pass; `nil` for any other workload.
  public var elements: UInt64? { size.map { max(1, $0 / 8) } }

  /// Rounds the steps of `memory` up to whole passes through the arrays, so that all workers have the same work.
  public mutating func roundUpToWholePasses() {
    guard let elements, let upTo else { return }
    self.upTo = (upTo / elements + 1) * elements - 1
  }

  /// The name of the workload, with the operation of `memory`.
  public var workName: String { workload + (operation.map { " \($0)" } ?? "") }

  /// Whether the amount of work is given, not the time: a range of numbers, or executions of a command.
  public var hasFixedAmount: Bool { upTo != nil || command != nil }

  /// Whether speedups are over it: over `single`, and those of a command over its own trials with one worker.
  public var isReference: Bool { command == nil ? model == "single" && traffic == nil : workers == 1 }

  /// The computation, without the way it is done. It has one right answer.
  public var work: Configuration {
    Configuration(
      model: command == nil ? "" : model, workload: workload, kernel: "", workers: 0, upTo: upTo,
      operation: operation, size: size, duration: duration, traffic: traffic, command: command)
  }
}
