/// The pace of a worker whose service has a share of the machine: the times at which its answers may leave.
///
/// It reads no clock and does not wait. The worker gives it readings, and waits until the times that it returns.
struct WorkerPace {
  /// A reading of the clocks, in nanoseconds.
  struct Reading {
    /// The monotonic clock.
    var time: UInt64
    /// The CPU clock of those who share the pacer: the thread's, or the process's.
    var cpuTime: UInt64
    /// The CPU clock of the thread.
    var threadTime: UInt64
  }

  /// The shortest wait. A shorter one would take as much CPU time as a small answer, so it is left to the next answer.
  static let leastWait: UInt64 = 200_000

  /// The longest gap between two pieces of work that does not count as idle time.
  static let shortGap: UInt64 = 50_000

  private let pacer: Pacer
  /// Whether all workers of the process share the pacer, because they have no thread of their own.
  private let isShared: Bool
  /// The time that one worker takes for a CPU time of 1.
  private let slowness: Double
  /// The time from which on there has been work.
  private var begin: UInt64 = 0
  /// The end of the time that this worker alone would need.
  private var ownEnd: UInt64 = 0
  /// The last reading; `nil` before the first work.
  private var last: Reading?

  /// Creates the pace of a worker that has a thread to itself.
  ///
  /// - Parameter share: Its share in cores.
  init(ownShare share: Double) {
    pacer = Pacer(share: share, after: 0)
    (isShared, slowness) = (false, 1 / share)
  }

  /// Creates the pace of one of several workers that share a pacer.
  init(sharing pacer: Pacer, among workers: Int) {
    self.pacer = pacer
    (isShared, slowness) = (true, Double(workers) / pacer.share)
  }

  /// Begins the next work.
  ///
  /// If the worker was idle, the work came now, and what the worker did after its last answer was done before. If not, the work has
  /// waited since the last one ended, so a sleep that was too long is made up for.
  ///
  /// - Parameter isAlone: Whether no other worker that shares the pacer is at work.
  mutating func wake(at reading: Reading, isAlone: Bool) {
    if last == nil, !isShared { pacer.skip(to: reading.cpuTime) }
    let rest = isShared ? 0 : pacer.unreserved(at: reading.cpuTime)
    if isIdle(until: reading) { begin = reading.time - min(reading.time, rest) }
    if isAlone { pacer.reserve(upTo: reading.cpuTime, from: begin) }
    last = reading
  }

  /// Returns the time at which the work until now would have been done by a slower machine; `nil` if that is now or soon.
  mutating func end(at reading: Reading) -> UInt64? {
    var end = pacer.reserve(upTo: reading.cpuTime, from: begin)
    if isShared, let last {
      // One worker is not faster because the others are idle.
      let used = reading.threadTime - min(reading.threadTime, last.threadTime)
      ownEnd = max(ownEnd, begin) + UInt64((Double(used) * slowness).rounded(.up))
      end = max(end, ownEnd)
    }
    last = reading
    return end >= reading.time + Self.leastWait ? end : nil
  }

  /// Notes the clocks after a wait.
  mutating func goOn(at reading: Reading) {
    last = reading
  }

  /// Returns whether the worker had nothing to do since the last reading.
  private func isIdle(until reading: Reading) -> Bool {
    guard let last else { return true }
    // Workers that share a pacer may have gone to another thread.
    let used = isShared ? 0 : reading.threadTime - min(reading.threadTime, last.threadTime)
    return reading.time > last.time + used + Self.shortGap
  }
}
