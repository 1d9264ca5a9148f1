/// The time by which this thread wakes up late, as a running median: so much earlier does it end its waits for a due request.
///
/// A virtual machine wakes up 20 to 30 µs late even if it is idle, because its host has to give it a CPU first. The thread is
/// then ready about when the request is due, and polls for the few microseconds that remain.
struct WakeUpDelay {
  /// The greatest delay that is made up for, in nanoseconds. It also bounds the time spent polling.
  static let most: UInt64 = 40_000
  /// The change of the median per wait. Equally many waits then end before and after the request is due.
  private static let step: UInt64 = 500

  /// The median in nanoseconds.
  private(set) var median: UInt64 = 0

  /// Adds a wait that no event has ended.
  ///
  /// - Parameters:
  ///   - asked: The time at which it should have ended.
  ///   - ended: The time at which it ended.
  @inline(__always)
  mutating func add(asked: UInt64, ended: UInt64) {
    if ended > asked, ended - asked > median {
      median = min(median + Self.step, Self.most)
    } else {
      median -= min(median, Self.step)
    }
  }
}
