/// What a model is asked to do: a workload, how much of it, and how many workers it has for that.
public struct Job: Sendable {
  /// What is to be computed.
  public let workload: Workload
  /// The number of workers, at least 1.
  public let workers: Int
  /// How much.
  public let extent: Extent
  /// The inner loop; `nil` for a workload of fixed time, which has but one.
  public let kernel: Kernel?
  /// How the numbers of a fixed amount are dealt to the workers.
  public let schedule: Schedule
  /// How many of the workers are threads of one process, where a launcher starts the processes; `nil` for a model
  /// that has no launcher.
  public let threadsPerRank: Int?
  /// How many regions are run one after the other in one process, at least 1.
  public let repetitions: Int

  /// How many lost workers may be replaced in all regions together; for a model that replaces them.
  public let retries: Int
  /// The nanoseconds without a word after which a worker is given up for lost; `nil` where it is waited for for ever.
  public let timeout: UInt64?

  /// How much of a workload is to be done.
  public enum Extent: Equatable, Sendable {
    /// Every number from 0 to the given one, which is at most 2^64 − 2.
    case upTo(UInt64)
    /// For so many nanoseconds, with every worker busy for `load` percent of them.
    case period(length: UInt64, load: Int)
  }

  /// Describes a job; the extent must be of the workload's kind, and the kernel, where one is given, the
  /// workload's.
  public init(
    _ workload: Workload, workers: Int, extent: Extent, kernel: Kernel? = nil, schedule: Schedule = .even,
    threadsPerRank: Int? = nil, repetitions: Int = 1, retries: Int = 3, timeout: UInt64? = nil
  ) {
    precondition(workers > 0 && repetitions > 0, "\(workers) workers, \(repetitions) repetitions")
    self.workload = workload
    self.workers = workers
    self.extent = extent
    self.kernel = kernel ?? workload.kernels.first
    self.schedule = schedule
    self.threadsPerRank = threadsPerRank
    self.repetitions = repetitions
    self.retries = retries
    self.timeout = timeout
  }

  /// The chunks that workers draw one after the other; `nil` where every worker's numbers are known before.
  public var sharedChunks: Chunks? {
    schedule.kind == .static ? nil : chunks
  }

  /// The chunks in which the numbers are dealt; `nil` where they are not.
  var chunks: Chunks? {
    guard case .upTo(let last) = extent else { return nil }
    return Chunks(of: last + 1, schedule, workers: workers)
  }

  /// The numbers that a worker is to treat where it has one range for itself; `nil` where it has not.
  public func range(of worker: Int) -> Range<UInt64>? {
    guard case .upTo(let last) = extent, schedule == .even else { return nil }
    return Workloads.range(of: last + 1, for: worker, among: workers)
  }

  /// The number of slices in which operations are counted; 0 for a job of fixed amount.
  var slices: Int {
    guard case .period(let length, _) = extent else { return 0 }
    return Period.slices(in: length)
  }
}
