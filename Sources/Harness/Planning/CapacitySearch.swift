/// The search for the capacity of a service: the greatest rate of requests that meets an objective.
///
/// It tries a rate, doubles it until the objective is missed, bisects between the greatest rate that met it and the least that missed
/// it, and repeats both until the majority of the tries of each agrees. What it finds is a bracket, because every measurement has
/// noise and a latency changes little until the queue begins to grow.
public struct CapacitySearch: Equatable, Sendable {
  /// The tries of a rate.
  public struct Tries: Equatable, Sendable {
    /// The tries that met the objective.
    public var met = 0
    /// The tries that missed it.
    public var missed = 0

    /// The number of tries.
    public var count: Int { met + missed }
    /// Whether more met than missed it.
    var areMet: Bool { met > missed }
  }

  /// The tries that each end of the bracket needs.
  public static let confirmations = 3
  /// The most tries.
  public static let mostTries = 60
  /// The least and the greatest rate that is tried, per second.
  public static let rates = 1.0...10_000_000.0

  /// The ratio of the ends of the bracket at which the search ends, above 1.
  public let resolution: Double
  /// The tries of each rate.
  public private(set) var tries: [Double: Tries] = [:]
  private let start: Double

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - start: The first rate, in requests per second.
  ///   - resolution: The ratio of the ends of the bracket at which the search ends.
  public init(start: Double, resolution: Double = 1.05) {
    self.start = Self.rounded(min(max(start, Self.rates.lowerBound), Self.rates.upperBound))
    self.resolution = resolution
  }

  /// The greatest rate that met the objective, below the least that missed it; `nil` if none did.
  public var low: Double? {
    tries.filter { $0.value.areMet && $0.key < high ?? .infinity }.keys.max()
  }

  /// The least rate that missed the objective; `nil` if none did.
  public var high: Double? { tries.filter { !$0.value.areMet }.keys.min() }

  /// Whether both ends were tried often enough, and are close.
  public var isConfirmed: Bool {
    guard let low, let high else { return false }
    return high / low <= resolution && unconfirmed([low, high]) == nil
  }

  /// The rate to try next, with at most four significant digits; `nil` when the search has ended.
  public var next: Double? {
    if tries.values.reduce(0, { $0 + $1.count }) >= Self.mostTries { return nil }
    switch (low, high) {
    case (nil, nil): return start
    case (let low?, nil):
      return low < Self.rates.upperBound
        ? min(Self.rounded(2 * low), Self.rates.upperBound) : unconfirmed([low])
    case (nil, let high?):
      return high > Self.rates.lowerBound
        ? max(Self.rounded(high / 2), Self.rates.lowerBound) : unconfirmed([high])
    case (let low?, let high?):
      return high / low > resolution ? Self.rounded((low * high).squareRoot()) : unconfirmed([low, high])
    }
  }

  /// Returns a rate of at least 1 with four significant digits, which a command line and a report can show in full.
  private static func rounded(_ rate: Double) -> Double {
    if rate < 1000 {
      let parts: Double = rate < 10 ? 1000 : rate < 100 ? 100 : 10
      return (rate * parts).rounded() / parts
    }
    var unit = 1.0
    while rate / unit >= 10_000 { unit *= 10 }
    return (rate / unit).rounded() * unit
  }

  /// Returns the first of some rates that was not tried often enough.
  private func unconfirmed(_ rates: [Double]) -> Double? {
    rates.first { (tries[$0]?.count ?? 0) < Self.confirmations }
  }

  /// Adds the outcome of a try.
  public mutating func add(rate: Double, isMet: Bool) {
    if isMet { tries[rate, default: Tries()].met += 1 } else { tries[rate, default: Tries()].missed += 1 }
  }
}
