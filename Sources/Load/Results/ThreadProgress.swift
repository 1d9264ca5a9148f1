import Records
import Synchronization

/// The counts of a thread while it runs, for a live view on another thread.
///
/// `@unchecked Sendable`: `copy` is written by the generator's thread only between the request for it and its answer, and
/// read by the other one only between the answer and its next request. Both are numbers that only grow, stored with release
/// and loaded with acquire semantics, so that neither side accesses it while the other may.
final class ThreadProgress: @unchecked Sendable {
  /// The counts at one moment.
  struct Counts {
    var latency = LatencyHistogram()
    var arrived: UInt64 = 0
    var failed: UInt64 = 0
  }

  private let asked = Atomic<UInt64>(0)
  private let answered = Atomic<UInt64>(0)
  private var copy = Counts()

  /// Asks for a new copy of the counts. Returns the last one if it is complete; otherwise `nil`.
  func next() -> Counts? {
    let number = answered.load(ordering: .acquiring)
    guard number == asked.load(ordering: .relaxed) else { return nil }
    let counts = copy
    asked.store(number + 1, ordering: .releasing)
    return counts
  }

  /// Copies the counts if they are asked for. The generator's thread calls it from time to time.
  func answer(_ tally: RequestTally) {
    let number = asked.load(ordering: .acquiring)
    guard number != answered.load(ordering: .relaxed) else { return }
    copy = Counts(
      latency: tally.latencies.corrected, arrived: tally.arrived, failed: tally.errors.total)
    answered.store(number, ordering: .releasing)
  }
}
