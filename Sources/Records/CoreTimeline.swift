/// The utilization of each core of a machine, by interval.
///
/// The kernel counts in ticks of usually 10 ms, so one value for 50 ms is accurate to 20 percentage points.
/// Rounding to a tick or to a percentage point carries its error from each value to the next: sums and means over
/// several values are accurate to one tick.
public struct CoreTimeline: Codable, Equatable, Sendable {
  /// The nanoseconds that one value covers. The last value of each core covers the rest of `span`, between
  /// 0.5 and 1.5 intervals.
  public var interval: UInt64
  /// The nanoseconds that all values cover together.
  public var span: UInt64
  /// The cores' numbers.
  public var cores: [Int]
  /// The utilization of each of these cores per interval, as percentages from 0 to 100. A core that was
  /// offline has 0.
  public var busy: [[Int]]

  /// Creates a timeline.
  public init(interval: UInt64, span: UInt64, cores: [Int], busy: [[Int]]) {
    self.interval = interval
    self.span = span
    self.cores = cores
    self.busy = busy
  }

  /// The mean number of busy cores: `busy` summed over the cores, weighted by time; `nil` for an empty
  /// timeline.
  public var busyCores: Double? {
    guard span > 0 else { return nil }
    let times = busy.map { values -> Double in
      guard let last = values.last else { return 0 }
      let rest = Double(span) - Double(interval) * Double(values.count - 1)
      let whole = values.dropLast().reduce(0.0) { $0 + Double($1) }
      return (whole * Double(interval) + Double(last) * rest) / 100
    }
    return times.reduce(0, +) / Double(span)
  }
}
