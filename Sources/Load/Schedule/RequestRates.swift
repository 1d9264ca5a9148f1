/// Rates of requests that change in time: each holds for an interval of the same length. After the last one, there are no requests.
public struct RequestRates: Equatable, Sendable {
  /// The most intervals.
  public static let mostIntervals = 1_000_000
  /// The greatest rate, in requests per second.
  public static let greatestRate = RequestRate.possible.upperBound

  /// The length of an interval in nanoseconds.
  public let interval: UInt64
  /// The number of requests per 10^6 seconds in each interval; 0 for none.
  let perMegasecond: [UInt64]

  /// Creates rates, each rounded to one request per 10^6 seconds.
  ///
  /// - Parameters:
  ///   - interval: The length of an interval in nanoseconds.
  ///   - rates: The requests per second in each interval.
  /// - Returns: `nil` without rates, for too many, for a rate that is negative or too great, and if all of them together are longer
  ///   than 10^18 ns.
  public init?(interval: UInt64, perSecond rates: [Double]) {
    guard interval > 0, 1...Self.mostIntervals ~= rates.count,
      rates.allSatisfy({ 0...Self.greatestRate ~= $0 }),
      case let (length, isTooLong) = interval.multipliedReportingOverflow(by: UInt64(rates.count)),
      !isTooLong, length <= ArrivalSchedule.longestDuration
    else { return nil }
    self.interval = interval
    perMegasecond = rates.map { UInt64(($0 * 1_000_000).rounded()) }
  }

  /// The end of the last interval in nanoseconds; the first begins at 0.
  public var duration: UInt64 { interval * UInt64(perMegasecond.count) }

  /// The requests per second in each interval.
  public var perSecond: [Double] { perMegasecond.map { Double($0) / 1_000_000 } }

  /// The greatest rate, in requests per second.
  public var peak: Double { Double(perMegasecond.max() ?? 0) / 1_000_000 }

  /// Returns the mean rate from the start until a time, in requests per second.
  public func mean(until time: UInt64) -> Double {
    let end = min(time, duration)
    guard end > 0 else { return 0 }
    let (whole, rest) = end.quotientAndRemainder(dividingBy: interval)
    var requests = perMegasecond.prefix(Int(whole)).reduce(0.0) { $0 + Double($1) * Double(interval) }
    if rest > 0 { requests += Double(perMegasecond[Int(whole)]) * Double(rest) }
    return requests / Double(end) / 1_000_000
  }
}
