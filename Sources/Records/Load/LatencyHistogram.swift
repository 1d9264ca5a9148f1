/// The counts of times by size, to three significant decimal digits.
///
/// The buckets are those of HdrHistogram for values of 1 ns to 1 h and three digits: 2048 buckets of 1 ns, then 1024
/// buckets for each doubling. So no bucket is wider than 1/1024 of its values, and the histograms of several workers
/// are merged without loss. Latency percentiles are read from the merged histogram; an average of percentiles has no
/// meaning.
///
/// Times of 0 ns have a bucket of their own. Times above 1 h are counted in the last bucket and as `clamped`.
///
/// Sources: HdrHistogram, <https://hdrhistogram.github.io/HdrHistogram/>; Gil Tene, "How NOT to Measure Latency" (2013).
public struct LatencyHistogram: Equatable, Sendable {
  /// The greatest time that is not clamped, in nanoseconds: 1 h.
  public static let mostTime: UInt64 = 3_600_000_000_000
  /// The most times that a histogram read from a file, or merged, can contain.
  public static let mostCount: UInt64 = 1_000_000_000_000_000_000
  /// The number of buckets.
  public static let bucketCount = bucket(of: mostTime) + 1

  /// The number of times in each bucket.
  var counts = [UInt64](repeating: 0, count: Self.bucketCount)
  /// The number of recorded times.
  public internal(set) var count: UInt64 = 0
  /// The number of recorded times above 1 h, which are counted in the last bucket.
  public internal(set) var clamped: UInt64 = 0

  /// Creates an empty histogram.
  public init() {}

  /// Whether no time was recorded.
  public var isEmpty: Bool { count == 0 }

  /// Records a time in nanoseconds.
  @inline(__always)
  public mutating func record(_ time: UInt64) {
    if time > Self.mostTime {
      clamped &+= 1
      counts[Self.bucketCount &- 1] &+= 1
    } else {
      counts[Self.bucket(of: time)] &+= 1
    }
    count &+= 1
  }

  /// Records the same time, in nanoseconds, several times.
  ///
  /// - Precondition: The histogram then contains at most `mostCount` times.
  public mutating func record(_ time: UInt64, times: UInt64) {
    precondition(times <= Self.mostCount && count + times <= Self.mostCount, "too many times in a histogram")
    if time > Self.mostTime { clamped += times }
    counts[Self.bucket(of: min(time, Self.mostTime))] += times
    count += times
  }

  /// Removes all times and keeps the memory.
  public mutating func removeAll() {
    for bucket in counts.indices { counts[bucket] = 0 }
    (count, clamped) = (0, 0)
  }

  /// Adds the counts of another histogram. The result is as if this histogram had recorded the times of both.
  ///
  /// - Throws: `TooManyTimes` if the result would contain more than `mostCount` times; nothing is added then.
  public mutating func merge(_ other: Self) throws(TooManyTimes) {
    let (sum, overflow) = count.addingReportingOverflow(other.count)
    guard !overflow, sum <= Self.mostCount else { throw TooManyTimes() }
    for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
    count = sum
    clamped += other.clamped
  }

  /// The error of a merge whose result would contain more than 10^18 times.
  public struct TooManyTimes: Error, Equatable, CustomStringConvertible {
    /// The limit.
    public var description: String { "too many times in a histogram (expected at most \(mostCount))" }
  }
}

/// The bucket scheme.
extension LatencyHistogram {
  /// The logarithm to base 2 of the number of buckets per doubling: 2^10 is the least power of two of at least 10^3.
  private static let doublingBits = 10

  /// Returns the bucket of a time in nanoseconds. Times in the same bucket are equivalent.
  @inline(__always)
  static func bucket(of time: UInt64) -> Int {
    let narrow = (UInt64(2) << UInt64(doublingBits)) &- 1
    let shift = UInt64.bitWidth &- doublingBits &- 1 &- (time | narrow).leadingZeroBitCount
    return (shift &<< doublingBits) &+ Int(truncatingIfNeeded: time &>> UInt64(truncatingIfNeeded: shift))
  }

  /// Returns the times of a bucket, in nanoseconds.
  static func times(of bucket: Int) -> ClosedRange<UInt64> {
    let shift = max(0, (bucket >> doublingBits) - 1)
    let lowest = UInt64(bucket - (shift << doublingBits)) << UInt64(shift)
    return lowest...(lowest + (1 << UInt64(shift)) - 1)
  }

  /// Returns the middle of a bucket, in nanoseconds: its lowest time and half its width, rounded down.
  static func middle(of bucket: Int) -> UInt64 {
    let times = times(of: bucket)
    return times.lowerBound + (times.upperBound - times.lowerBound + 1) / 2
  }

  /// Calls `body` with each bucket that contains times and its count, in increasing order of the times.
  func forEachBucket(_ body: (_ bucket: Int, _ count: UInt64) -> Void) {
    for (bucket, count) in counts.enumerated() where count > 0 { body(bucket, count) }
  }
}
