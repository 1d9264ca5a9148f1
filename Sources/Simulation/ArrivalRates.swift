/// Requests per second as a function of time: a list of rates, each for an interval of the same length.
public struct ArrivalRates: Equatable, Sendable {
  /// The length of an interval in seconds.
  public let interval: Double
  /// The requests per second in each interval.
  public let rates: [Double]

  /// Makes a function; `nil` without rates, for an interval of 0, and for a rate that is negative or not a number.
  public init?(interval: Double, rates: [Double]) {
    guard interval > 0, interval.isFinite, !rates.isEmpty, rates.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      return nil
    }
    (self.interval, self.rates) = (interval, rates)
  }

  /// The end of the last interval in seconds; the first begins at 0.
  public var duration: Double { interval * Double(rates.count) }

  /// The mean rate.
  public var mean: Double { rates.reduce(0, +) / Double(rates.count) }

  /// The greatest rate.
  public var peak: Double { rates.max() ?? 0 }

  /// Returns the rate at a time, and the time at which the next interval begins; infinite after the last one.
  func rate(at time: Double) -> (rate: Double, end: Double) {
    var index = Int(time / interval)
    // The quotient may fall short of an interval that has just begun.
    if interval * Double(index + 1) <= time { index += 1 }
    guard index < rates.count else { return (0, .infinity) }
    return (rates[index], interval * Double(index + 1))
  }
}

/// A Poisson process with a rate that varies in time.
///
/// The number of arrivals up to a time is that of a process of rate 1 up to the integral of the rates (Çinlar, "Introduction to
/// Stochastic Processes" (1975)), so no arrival is drawn and rejected.
struct ArrivalProcess {
  private let rates: ArrivalRates
  private var random: RandomNumbers
  private var time = 0.0
  private var rate: Double
  private var end: Double

  init(_ rates: ArrivalRates, seed: UInt64) {
    self.rates = rates
    random = RandomNumbers(seed: seed, .arrivals)
    (rate, end) = rates.rate(at: 0)
  }

  /// Returns the time of the next arrival; infinite after the last interval.
  @inline(__always)
  mutating func next() -> Double {
    let gap = random.exponential()
    let arrival = time + gap / rate
    if arrival <= end, end != .infinity {
      time = arrival
      return arrival
    }
    return nextInterval(gap)
  }

  private mutating func nextInterval(_ gap: Double) -> Double {
    var gap = gap
    while end != .infinity {
      let covered = (end - time) * rate
      if gap <= covered {
        time += gap / rate
        return time
      }
      gap -= covered
      time = end
      (rate, end) = rates.rate(at: time)
    }
    return .infinity
  }
}
