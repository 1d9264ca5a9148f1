/// How busy each core of a machine was, interval by interval.
///
/// The kernel counts in ticks of mostly 10 ms, so one value of 50 ms is known to 20 points and less. What rounding to a
/// tick or to a point takes from one value is added to the next: sums and means over several are right to a tick.
public struct CoreTimeline: Codable, Equatable, Sendable {
  /// The nanoseconds that a value stands for. The last of each core stands for what is left of `span`, between a half
  /// and one and a half intervals.
  public var interval: UInt64
  /// The nanoseconds that all values together stand for.
  public var span: UInt64
  /// The cores' numbers.
  public var cores: [Int]
  /// For each of these cores the percentages, from 0 to 100, of the intervals in which it was busy. A core that was
  /// offline was not busy.
  public var busy: [[Int]]

  /// Describes a timeline.
  public init(interval: UInt64, span: UInt64, cores: [Int], busy: [[Int]]) {
    self.interval = interval
    self.span = span
    self.cores = cores
    self.busy = busy
  }

  /// The mean number of busy cores: `busy` summed over the cores, weighted by time; `nil` for an empty timeline.
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
