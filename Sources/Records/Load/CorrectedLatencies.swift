/// The latencies of the same requests, measured from two moments.
///
/// While a server stalls, a generator that waits for it sends nothing, so the requests that would have met the stall are
/// missing from its latencies: coordinated omission. A latency that counts from the intended time of sending includes the
/// time for which the request was held back.
///
/// Source: Gil Tene, "How NOT to Measure Latency" (2013); wrk2's README, <https://github.com/giltene/wrk2>.
public struct CorrectedLatencies: Equatable, Sendable {
  /// The latencies that count from the intended time of sending.
  public private(set) var corrected = LatencyHistogram()
  /// The latencies that count from the actual time of sending.
  public private(set) var uncorrected = LatencyHistogram()

  /// Creates empty histograms.
  public init() {}

  /// Records an answered request. All times are nanoseconds of one clock; a negative latency is recorded as 0.
  ///
  /// - Parameters:
  ///   - intended: The time at which the request was due.
  ///   - sent: The time at which it was sent.
  ///   - answered: The time at which its answer was complete.
  @inline(__always)
  public mutating func record(intended: UInt64, sent: UInt64, answered: UInt64) {
    corrected.record(answered > intended ? answered &- intended : 0)
    uncorrected.record(answered > sent ? answered &- sent : 0)
  }

  /// Adds the latencies of other requests.
  ///
  /// - Throws: `LatencyHistogram.TooManyTimes` if a histogram would contain too many times; nothing is added then.
  public mutating func merge(_ other: Self) throws(LatencyHistogram.TooManyTimes) {
    var merged = self
    try merged.corrected.merge(other.corrected)
    try merged.uncorrected.merge(other.uncorrected)
    self = merged
  }

  /// Removes all latencies and keeps the memory.
  public mutating func removeAll() {
    corrected.removeAll()
    uncorrected.removeAll()
  }
}
