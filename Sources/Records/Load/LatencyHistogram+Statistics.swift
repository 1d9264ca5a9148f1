/// The statistics, each as HdrHistogram defines it: computed from the buckets, with an error of at most one bucket.
extension LatencyHistogram {
  /// The lowest time, in nanoseconds, that is equivalent to the least recorded one; `nil` if the histogram is empty.
  public var minimum: UInt64? {
    counts.firstIndex { $0 > 0 }.map { Self.times(of: $0).lowerBound }
  }

  /// The highest time, in nanoseconds, that is equivalent to the greatest recorded one; `nil` if the histogram is empty.
  /// The time 0 is equivalent to itself only.
  public var maximum: UInt64? {
    counts.lastIndex { $0 > 0 }.map { Self.times(of: $0).upperBound }
  }

  /// The mean in nanoseconds, with every time replaced by the middle of its bucket; `nil` if the histogram is empty.
  public var mean: Double? {
    if isEmpty { return nil }
    var sum: UInt128 = 0
    forEachBucket { bucket, count in sum += UInt128(Self.middle(of: bucket)) * UInt128(count) }
    return Double(sum) / Double(count)
  }

  /// The standard deviation of the recorded times (not of a sample: the divisor is the count), in nanoseconds, with every
  /// time replaced by the middle of its bucket; `nil` if the histogram is empty.
  public var standardDeviation: Double? {
    guard let mean else { return nil }
    var sum = 0.0
    forEachBucket { bucket, count in
      let deviation = Double(Self.middle(of: bucket)) - mean
      sum += deviation * deviation * Double(count)
    }
    return (sum / Double(count)).squareRoot()
  }

  /// Returns the time, in nanoseconds, that a percentage of the recorded times do not exceed.
  ///
  /// It is the highest time equivalent to the time of rank `percentile · count / 100`, rounded to the nearest rank and at
  /// least 1, as in HdrHistogram for C and for Python (the Java edition rounds up). For the percentile 0, it is the lowest
  /// time equivalent to the least recorded one.
  ///
  /// - Parameter percentile: From 0 to 100. Percentiles outside are taken as the nearer end.
  /// - Returns: `nil` if the histogram is empty or the percentile is NaN.
  public func time(atPercentile percentile: Double) -> UInt64? {
    if isEmpty || percentile.isNaN { return nil }
    if percentile <= 0 { return minimum }
    let rank = rank(ofPercentile: percentile)
    var counted: UInt64 = 0
    for (bucket, count) in counts.enumerated() {
      counted += count
      if counted >= rank { return Self.times(of: bucket).upperBound }
    }
    return maximum
  }

  /// Returns the number of recorded times whose bucket is above that of a time in nanoseconds: those that are greater,
  /// to three digits. Clamped times are above the last bucket.
  public func count(above time: UInt64) -> UInt64 {
    let bucket = Self.bucket(of: min(time, Self.mostTime))
    return bucket == Self.bucketCount - 1 ? clamped : counts[(bucket + 1)...].reduce(0, +)
  }

  /// Returns the rank, from 1 to `count`, of a percentile above 0.
  private func rank(ofPercentile percentile: Double) -> UInt64 {
    // Rounding to a double can exceed the count if the count has more than 53 bits.
    let rank = UInt64(min(percentile, 100) * Double(count) / 100 + 0.5)
    return min(max(rank, 1), count)
  }
}
