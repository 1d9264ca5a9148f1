/// A computation that can be divided among workers. It knows no concurrency.
///
/// Partial results are exact 128-bit counts or sums; they merge by addition.
public struct Workload: Sendable {
  /// The work of one worker.
  public enum Work: Sendable {
    /// A fixed amount: process every number of a range. The kernels are those that this processor supports;
    /// the first is the default.
    case numbers([Kernel])
    /// A fixed amount: process the elements of arrays. The kernels are as above.
    case arrays([Kernel])
    /// A fixed time: work until the period is over and count the operations.
    case period(PeriodKernel)
  }

  /// The inner loop of a workload of fixed time.
  ///
  /// The buffer has an element, initially zero, for every slice of the period; the counts of the slices sum
  /// to the result.
  public typealias PeriodKernel =
    @Sendable (Period, any WorkClock, UnsafeMutableBufferPointer<UInt64>) -> UInt128

  /// The name on the command line.
  public let name: String
  /// A one-line description.
  public let summary: String
  /// The work of one worker.
  public let work: Work
  /// Whether workers report their shares. They do not if the time for the reports must not be measured.
  public let reportsShares: Bool

  /// Creates a workload.
  public init(name: String, summary: String, work: Work, reportsShares: Bool = true) {
    self.name = name
    self.summary = summary
    self.work = work
    self.reportsShares = reportsShares
  }

  /// Whether it works on arrays.
  public var hasArrays: Bool {
    if case .arrays = work { true } else { false }
  }

  /// The kernels that this processor supports; empty for a workload of fixed time, which has one inner loop.
  public var kernels: [Kernel] {
    switch work {
    case .numbers(let kernels), .arrays(let kernels): kernels
    case .period: []
    }
  }
}

extension Workload {
  /// All workloads. To add one, add its file and a line here.
  public static let all: [Workload] = [
    .sum,
    .stress,
    .primes,
    .memory,
    .empty,
  ]
}
