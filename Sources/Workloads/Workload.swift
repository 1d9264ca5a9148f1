/// Something to compute, in a form that can be divided among workers. It knows no concurrency.
///
/// A partial result is an exact 128-bit count or sum; partial results merge by addition.
public struct Workload: Sendable {
  /// What one worker does.
  public enum Work: Sendable {
    /// A fixed amount: treats every number of a range, however long that takes. The kernels are those that this
    /// processor has; the first is taken where none is named.
    case numbers([Kernel])
    /// A fixed time: works until the period is over, and counts what it got done.
    case period(PeriodKernel)
  }

  /// The inner loop of a workload of fixed time.
  ///
  /// The buffer has a zero for every slice of the period; the counts of the slices add up to the result.
  public typealias PeriodKernel =
    @Sendable (Period, any WorkClock, UnsafeMutableBufferPointer<UInt64>) -> UInt128

  /// The word for it on the command line.
  public let name: String
  /// One line that says what is computed.
  public let summary: String
  /// What one worker does.
  public let work: Work
  /// Whether workers report their shares. They do not where the time that the reports take is not to be measured.
  public let reportsShares: Bool

  /// Describes a workload.
  public init(name: String, summary: String, work: Work, reportsShares: Bool = true) {
    self.name = name
    self.summary = summary
    self.work = work
    self.reportsShares = reportsShares
  }

  /// The kernels that this processor has; none for a workload of fixed time, which has one inner loop.
  public var kernels: [Kernel] {
    switch work {
    case .numbers(let kernels): kernels
    case .period: []
    }
  }
}

extension Workload {
  /// Every workload there is. Adding one is adding its file and a line here.
  public static let all: [Workload] = [
    .sum,
    .stress,
    .primes,
    .empty,
  ]
}
