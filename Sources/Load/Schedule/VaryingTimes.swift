/// The place of a schedule in rates that change: an interval. The rates are given to it, so that it is a few numbers.
struct RateCursor {
  /// The length of an interval.
  private let interval: UInt64
  /// The time before the first interval, which has its rate.
  private let lead: UInt64
  private var index = 0
  /// The current rate, in requests per 10^6 seconds.
  private(set) var rate: UInt64
  /// The start and the end of the current interval.
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64

  /// Creates the place at the start.
  ///
  /// - Parameter lead: The time before the first interval, in nanoseconds.
  init(_ rates: RequestRates, after lead: UInt64) {
    (interval, self.lead) = (rates.interval, lead)
    rate = rates.perMegasecond[0]
    end = lead + rates.interval
  }

  /// Goes on to the next interval, and returns whether there is one.
  mutating func advance(in rates: [UInt64]) -> Bool {
    guard index + 1 < rates.count else { return false }
    index += 1
    (rate, start) = (rates[index], end)
    end = lead + interval * UInt64(index + 1)
    return true
  }
}

/// The times of constant arrivals whose rate changes: request `i` is due when the integral of the rates is about to exceed `i`.
///
/// All sums are exact: units of 10^-15 requests, one per nanosecond at a rate of one request per 10^6 seconds.
struct VaryingConstantTimes {
  private static let unitsPerRequest: UInt128 = 1_000_000_000_000_000

  private var cursor: RateCursor
  /// The integral at the start of the current interval, and at the next time.
  private var before: UInt128 = 0
  private var next: UInt128
  private let step: UInt128

  /// Creates the times of the requests `first`, `first + step` and so on.
  init(_ rates: RequestRates, after lead: UInt64, first: UInt64, step: UInt64) {
    cursor = RateCursor(rates, after: lead)
    next = UInt128(first) * Self.unitsPerRequest
    self.step = UInt128(step) * Self.unitsPerRequest
  }

  /// Returns the next time; the greatest integer after the last interval.
  mutating func time(in rates: [UInt64]) -> UInt64 {
    while true {
      let after = before + UInt128(cursor.rate) * UInt128(cursor.end - cursor.start)
      if next < after {
        defer { next += step }
        return cursor.start + UInt64((next - before) / UInt128(cursor.rate))
      }
      if !cursor.advance(in: rates) { return .max }
      before = after
    }
  }
}

/// The times of a Poisson process whose rate changes.
///
/// A gap is a random number of requests of mean 1, which the integral of the rates reaches (Çinlar, "Introduction to Stochastic
/// Processes", 1975). At the end of an interval, the rest of the gap goes on at the next rate, so the counts of intervals are
/// independent and of the right mean.
struct VaryingPoissonTimes {
  private var cursor: RateCursor
  private let gaps: RandomSequence
  /// The number of gaps in `time`.
  private var drawn: UInt64 = 0
  /// The time of the last request: nanoseconds since the start of the interval.
  private var time = 0.0

  /// Creates the times of a seed.
  init(_ rates: RequestRates, after lead: UInt64, seed: UInt64) {
    cursor = RateCursor(rates, after: lead)
    gaps = RandomSequence(seed: seed, use: .gaps)
  }

  /// Returns the time of a request; the greatest integer after the last interval. Requests are asked for in increasing order.
  mutating func time(of request: UInt64, in rates: [UInt64]) -> UInt64 {
    while drawn <= request {
      var gap = exponential(gaps.number(at: drawn))
      drawn += 1
      while true {
        // The last time may be rounded up to the end.
        let rest = max(0, Double(cursor.end - cursor.start) - time)
        let covered = rest * Double(cursor.rate) / 1_000_000_000_000_000
        if gap < covered {
          time += gap * 1_000_000_000_000_000 / Double(cursor.rate)
          break
        }
        gap -= covered
        if !cursor.advance(in: rates) {
          drawn = .max
          return .max
        }
        time = 0
      }
    }
    return drawn == .max ? .max : min(cursor.start + UInt64(time), cursor.end - 1)
  }
}
