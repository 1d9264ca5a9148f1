/// A number of requests per second, exact to one request per 10^6 seconds.
public struct RequestRate: Equatable, Comparable, Sendable {
  /// The rates that are possible, in requests per second.
  public static let possible = 0.000_001...1_000_000_000.0

  /// The lowest rate.
  static let least = RequestRate(perMegasecond: 1)

  /// The number of requests per 10^6 seconds.
  let perMegasecond: UInt64

  private init(perMegasecond: UInt64) { self.perMegasecond = perMegasecond }

  /// Creates the nearest rate to a number of requests per second; returns `nil` if it is not in `possible`.
  public init?(perSecond rate: Double) {
    guard Self.possible.contains(rate) else { return nil }
    perMegasecond = UInt64((rate * 1_000_000).rounded())
  }

  /// Creates the rate that a text such as `1000`, `2.5` or `0.000001` writes in requests per second, without rounding;
  /// returns `nil` for any other text, and if the rate is not in `possible`.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
      let whole = parts.first.flatMap({ UInt64($0) }), whole <= 1_000_000_000
    else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.utf8.count <= 6,
      let fraction = UInt64(decimals + String(repeating: "0", count: 6 - decimals.utf8.count))
    else { return nil }
    let sum = whole * 1_000_000 + fraction
    guard 1...1_000_000_000_000_000 ~= sum else { return nil }
    perMegasecond = sum
  }

  /// The requests per second.
  public var perSecond: Double { Double(perMegasecond) / 1_000_000 }

  /// Whether one rate is lower than another.
  public static func < (one: Self, other: Self) -> Bool { one.perMegasecond < other.perMegasecond }
}
