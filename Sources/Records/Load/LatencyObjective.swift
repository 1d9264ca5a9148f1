/// The objective of a service, such as p99 ≤ 20 ms: a percentile of the latencies, and the greatest time that it may have.
public struct LatencyObjective: Codable, Equatable, Sendable {
  /// The percentile, above 0 and below 100.
  public var percentile: Double
  /// The greatest time, in nanoseconds.
  public var time: UInt64

  /// Creates an objective.
  public init(percentile: Double, time: UInt64) {
    self.percentile = percentile
    self.time = time
  }

  /// The units of times, the longest names first, and their nanoseconds.
  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ms", 1e6), ("us", 1e3), ("µs", 1e3), ("s", 1e9),
  ]
  /// The longest time that an objective may have: an hour.
  private static let mostTime: Double = 3600e9

  /// Reads an objective such as `p99:20ms`, `p99.9:1.5s` or `p50:800us`; `nil` for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0].first == "p", let percentile = Self.number(parts[0].dropFirst()),
      percentile > 0, percentile < 100,
      let unit = Self.units.first(where: { parts[1].hasSuffix($0.name) }),
      let amount = Self.number(parts[1].dropLast(unit.name.count)), amount > 0,
      1...Self.mostTime ~= amount * unit.nanoseconds
    else { return nil }
    self.init(percentile: percentile, time: UInt64((amount * unit.nanoseconds).rounded()))
  }

  private static func number(_ text: Substring) -> Double? {
    text.utf8.allSatisfy { 48...57 ~= $0 || $0 == UInt8(ascii: ".") } ? Double(text) : nil
  }

  /// Returns whether a load run met the objective: every request that was due was sent and answered correctly, and the percentile
  /// of the latencies, counted from when the requests were due, is not above the time.
  public func isMet(by record: LoadRecord) -> Bool {
    guard record.answered == record.sent, record.unsent ?? 0 == 0,
      let found = record.latency.time(atPercentile: percentile)
    else {
      return false
    }
    return found <= time
  }
}
