/// What a model is asked to do: a workload, how much of it, and how many workers it has for that.
public struct Job: Sendable {
  /// What is to be computed.
  public let workload: Workload
  /// The number of workers, at least 1.
  public let workers: Int
  /// How much.
  public let extent: Extent

  /// How much of a workload is to be done.
  public enum Extent: Equatable, Sendable {
    /// Every number from 0 to the given one, which is at most 2^64 − 2.
    case upTo(UInt64)
    /// For so many nanoseconds, with every worker busy for `load` percent of them.
    case period(length: UInt64, load: Int)
  }

  /// Describes a job; the extent must be of the workload's kind.
  public init(_ workload: Workload, workers: Int, extent: Extent) {
    self.workload = workload
    self.workers = workers
    self.extent = extent
  }

  /// The numbers that a worker is to treat; `nil` for a job of fixed time.
  public func range(of worker: Int) -> Range<UInt64>? {
    guard case .upTo(let last) = extent else { return nil }
    return Workloads.range(of: last + 1, for: worker, among: workers)
  }

  /// The number of slices in which operations are counted; 0 for a job of fixed amount.
  var slices: Int {
    guard case .period(let length, _) = extent else { return 0 }
    return Period.slices(in: length)
  }
}
