import Platform
import Workloads

/// The work that a model is to do: a workload, its extent, and the number of workers.
public struct Job: Sendable {
  /// The workload.
  public let workload: Workload
  /// The number of workers, at least 1.
  public let workers: Int
  /// The amount of work.
  public let extent: Extent
  /// The kernel; `nil` for a workload of fixed time, which has only one.
  public let kernel: Kernel?
  /// The schedule of the numbers of a fixed amount.
  public let schedule: Schedule
  /// The rule by which workers are put on CPUs; `nil` leaves it to the system.
  public let placement: Placement?
  /// The CPU of each worker; empty without a placement.
  let cpus: [Int]
  /// Whether each worker moves to its own CPU, and not only the process to all of them.
  let placesWorkers: Bool
  /// The threads per process if a launcher starts the processes; `nil` for a model without a launcher.
  public let threadsPerRank: Int?
  /// The number of regions that one process runs in a row, at least 1.
  public let repetitions: Int

  /// The arrays that the job asks for; `nil` for any workload but `memory`.
  public let streams: JobArrays?
  /// The allocated arrays; `nil` until then, and for any workload but `memory`.
  var arrays: StreamArrays?
  /// The part of the trial that the next region is.
  public internal(set) var phase = Phase.work

  /// The number of lost workers that may be replaced in all regions together, for a model that replaces them.
  public let retries: Int
  /// The nanoseconds without a report after which a worker counts as lost; `nil` to wait forever.
  public let timeout: UInt64?

  /// The amount of work.
  public enum Extent: Equatable, Sendable {
    /// Every number from 0 to the given one, which is at most 2^64 − 2; for `memory`, as many steps.
    case upTo(UInt64)
    /// Work for `length` nanoseconds, with every worker busy for `load` percent of them.
    case period(length: UInt64, load: Int)
  }

  /// Creates a job. The extent must be of the workload's kind, and the kernel, if given, one of the
  /// workload's.
  public init(
    _ workload: Workload, workers: Int, extent: Extent, kernel: Kernel? = nil, schedule: Schedule = .even,
    placement: Placement? = nil, cpus: [Int] = [], placesWorkers: Bool = false, threadsPerRank: Int? = nil,
    repetitions: Int = 1, streams: JobArrays? = nil, retries: Int = 3, timeout: UInt64? = nil
  ) {
    precondition(workers > 0 && repetitions > 0, "\(workers) workers, \(repetitions) repetitions")
    self.workload = workload
    self.workers = workers
    self.extent = extent
    self.kernel = kernel ?? workload.kernels.first
    self.schedule = schedule
    self.placement = placement
    self.cpus = cpus
    self.placesWorkers = placesWorkers
    self.threadsPerRank = threadsPerRank
    self.repetitions = repetitions
    self.streams = streams
    self.retries = retries
    self.timeout = timeout
  }

  /// The chunks that workers take one after another; `nil` if every worker's numbers are known in advance.
  public var sharedChunks: Chunks? {
    schedule.kind == .static ? nil : chunks
  }

  /// The chunks of the schedule; `nil` if it has none.
  var chunks: Chunks? {
    guard case .upTo(let last) = extent else { return nil }
    return Chunks(of: last + 1, schedule, workers: workers)
  }

  /// Returns the numbers of a worker that has one range, or the elements of its part of arrays; `nil` otherwise.
  public func range(of worker: Int) -> Range<UInt64>? {
    if let arrays {
      let part = arrays.part(of: worker)
      return UInt64(part.lowerBound)..<UInt64(part.upperBound)
    }
    guard case .upTo(let last) = extent, schedule == .even else { return nil }
    return Workloads.range(of: last + 1, for: worker, among: workers)
  }

  /// The number of slices for which operations are counted; 0 for a job of fixed amount.
  var slices: Int {
    guard case .period(let length, _) = extent else { return 0 }
    return Period.slices(in: length)
  }
}
