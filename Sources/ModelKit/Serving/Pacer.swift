import Synchronization

/// The clock of a machine that is slower than this one. It reserves the time that such a machine takes for work that was done here.
///
/// A machine that is a share S as fast takes c / S for work of the CPU time c. It does one piece of work after the other, so
/// its work ends at max(end of the last, begin) + c / S. Threads may share a pacer: it is two atomic numbers.
final class Pacer: Sendable {
  /// The speed of the slower machine, in cores.
  let share: Double
  /// The CPU time for which time was reserved.
  private let reserved: Atomic<UInt64>
  /// The end of the reserved time, by the monotonic clock.
  private let end = Atomic<UInt64>(0)

  /// Creates a pacer.
  ///
  /// - Parameters:
  ///   - share: The speed, above 0, in cores.
  ///   - cpuTime: The CPU time, in nanoseconds, that was used before and counts as paid.
  init(share: Double, after cpuTime: UInt64) {
    self.share = share
    reserved = Atomic(cpuTime)
  }

  /// Counts the CPU time up to a reading as paid, so that no time is reserved for it.
  func skip(to cpuTime: UInt64) {
    reserved.store(cpuTime, ordering: .relaxed)
  }

  /// Returns the CPU time for which no time was reserved yet.
  func unreserved(at cpuTime: UInt64) -> UInt64 {
    let reserved = reserved.load(ordering: .relaxed)
    return cpuTime - min(cpuTime, reserved)
  }

  /// Reserves the time for the CPU time that was used since the last reservation.
  ///
  /// - Parameters:
  ///   - cpuTime: A reading of the CPU clock.
  ///   - begin: The time, by the monotonic clock, from which on the work could have been done.
  /// - Returns: The end of all reserved time.
  @discardableResult
  func reserve(upTo cpuTime: UInt64, from begin: UInt64) -> UInt64 {
    let work = take(upTo: cpuTime)
    var end = end.load(ordering: .relaxed)
    // Another thread has reserved the time for this one's work.
    if work == 0 { return end }
    let time = UInt64((Double(work) / share).rounded(.up))
    while true {
      let next = max(end, begin) + time
      let (isExchanged, current) = self.end.weakCompareExchange(
        expected: end, desired: next, ordering: .relaxed)
      if isExchanged { return next }
      end = current
    }
  }

  /// Claims the CPU time since the last reservation for the caller, and returns it; 0 if another thread has claimed it.
  private func take(upTo cpuTime: UInt64) -> UInt64 {
    var last = reserved.load(ordering: .relaxed)
    while last < cpuTime {
      let (isExchanged, current) = reserved.weakCompareExchange(
        expected: last, desired: cpuTime, ordering: .relaxed)
      if isExchanged { return cpuTime - last }
      last = current
    }
    return 0
  }
}
