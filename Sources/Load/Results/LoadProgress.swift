import Records

/// The state of a load run while it goes on.
public struct LoadProgress: Sendable {
  /// The time since the first request, in nanoseconds.
  public let elapsed: UInt64
  /// Whether the warm-up has not ended.
  public let isWarmingUp: Bool
  /// The latencies so far, without the warm-up.
  public let latency: LatencyHistogram
  /// The correct answers per second so far, without the warm-up; `nil` before its end.
  public let rate: Double?
  /// The failed requests so far, without the warm-up.
  public let failed: UInt64

  /// Merges the counts of the threads.
  init(_ counts: [ThreadProgress.Counts], since start: UInt64, warmUp: UInt64, at now: UInt64) {
    elapsed = now - min(now, start)
    isWarmingUp = elapsed < warmUp
    var latency = LatencyHistogram()
    for part in counts { try? latency.merge(part.latency) }
    self.latency = latency
    failed = counts.reduce(0) { $0 + $1.failed }
    let arrived = counts.reduce(0) { $0 + $1.arrived }
    rate = elapsed > warmUp ? Double(arrived) * 1_000_000_000 / Double(elapsed - warmUp) : nil
  }
}
