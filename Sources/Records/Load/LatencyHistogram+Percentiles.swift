#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The percentile distribution as text, for plotting.
extension LatencyHistogram {
  /// A row of the distribution.
  struct PercentileRow: Equatable {
    /// The time in nanoseconds that `percentile` of the recorded times do not exceed.
    var time: UInt64
    /// The percentile, from 0 to 100.
    var percentile: Double
    /// The number of recorded times up to `time`.
    var count: UInt64
  }

  /// The percentile distribution in HdrHistogram's format (`.hgrm`), in milliseconds, which its plotter reads:
  /// <https://hdrhistogram.github.io/HdrHistogram/plotFiles.html>.
  ///
  /// The text is that of HdrHistogram for Python with 5 ticks per half distance, except that the standard deviation is
  /// in milliseconds too, as in the Java and C editions. (Those have fewer rows, because they halve the distance between
  /// percentiles in steps; the times and counts of a percentile are the same.)
  public var hgrmText: String { hgrmText(unit: 1_000_000) }

  /// Returns the percentile distribution in HdrHistogram's format.
  ///
  /// - Parameter unit: The nanoseconds per unit of the text.
  func hgrmText(unit: Double) -> String {
    func scaled(_ time: Double) -> String { aligned(decimal(time / unit, decimals: 3), to: 12) }
    var text = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
    for row in percentileRows(ticksPerHalfDistance: 5) {
      let share = row.percentile / 100
      text += "\(scaled(Double(row.time))) \(decimal(share, decimals: 12)) "
      text += aligned(String(row.count), to: 10)
      text += row.percentile < 100 ? " \(aligned(decimal(1 / (1 - share), decimals: 2), to: 14))\n" : "\n"
    }
    let total = aligned(decimal(Double(count), decimals: 3), to: 12)
    text += "#[Mean    = \(scaled(mean ?? 0)), StdDeviation   = \(scaled(standardDeviation ?? 0))]\n"
    text += "#[Max     = \(scaled(Double(maximum ?? 0))), TotalCount     = \(total)]\n"
    // HdrHistogram calls the ranges of equally wide buckets its buckets, and the buckets in one its sub-buckets.
    return text + "#[Buckets =           32, SubBuckets     =         2048]\n"
  }

  /// Returns the rows of the distribution: percentiles whose distance to 100 shrinks by the same factor from row to row,
  /// up to the greatest time, and 100.
  func percentileRows(ticksPerHalfDistance ticks: Double) -> [PercentileRow] {
    var rows: [PercentileRow] = []
    var level = 0.0
    var counted: UInt64 = 0
    for (bucket, count) in counts.enumerated() where count > 0 {
      counted += count
      let time = Self.times(of: bucket).upperBound
      if counted == self.count {
        rows.append(.init(time: time, percentile: level, count: counted))
        rows.append(.init(time: time, percentile: 100, count: counted))
        break
      }
      let percentile = 100 * Double(counted) / Double(self.count)
      while percentile >= level, let next = nextLevel(after: level, ticks) {
        rows.append(.init(time: time, percentile: level, count: counted))
        level = next
      }
    }
    return rows
  }

  /// Returns the percentile of the next row; `nil` if it is too close to 100 for a double.
  private func nextLevel(after level: Double, _ ticks: Double) -> Double? {
    // HdrHistogram for Python computes the levels so; the last bits decide ties.
    let next = level + 100 / (ticks * pow(2, log(100 / (100 - level)) / log(2) + 1))
    return next > level && next / 100 < 1 ? next : nil
  }
}
