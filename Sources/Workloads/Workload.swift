/// Something to compute, in a form that can be divided among workers. It knows no concurrency.
///
/// A partial result is an exact 128-bit count or sum; partial results merge by addition.
public struct Workload: Sendable {
  /// What one worker does.
  public enum Work: Sendable {
    /// A fixed amount: treats every number of a range, however long that takes.
    case numbers(@Sendable (Range<UInt64>) -> UInt128)
    /// A fixed time: works until the period is over, and counts what it got done.
    ///
    /// The buffer has a zero for every slice of the period; the counts of the slices add up to the result.
    case period(@Sendable (Period, any WorkClock, UnsafeMutableBufferPointer<UInt64>) -> UInt128)
  }

  /// The word for it on the command line.
  public let name: String
  /// One line that says what is computed.
  public let summary: String
  /// What one worker does.
  public let work: Work

  /// Describes a workload.
  public init(name: String, summary: String, work: Work) {
    self.name = name
    self.summary = summary
    self.work = work
  }
}
