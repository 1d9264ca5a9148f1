/// The times ⌊i · 10^9 / rate⌋ of every so many requests.
struct ConstantTimes {
  /// The next time: a whole number of nanoseconds, and a remainder in units of 1/`divisor` ns.
  private var time: (whole: UInt64, remainder: UInt64)
  private let gap: (whole: UInt64, remainder: UInt64)
  private let divisor: UInt64

  /// Creates the times of the requests `first`, `first + step` and so on.
  init(rate: RequestRate, first: UInt64, step: UInt64) {
    divisor = rate.perMegasecond
    time = Self.time(of: first, divisor)
    gap = Self.time(of: step, divisor)
  }

  /// Returns the next time; the greatest integer beyond 2^64 ns.
  mutating func next() -> UInt64 {
    defer {
      // Both remainders are below 10^15.
      let remainder = time.remainder + gap.remainder
      let carry: UInt64 = remainder >= divisor ? 1 : 0
      let (whole, overflow) = time.whole.addingReportingOverflow(gap.whole + carry)
      time = overflow ? (.max, 0) : (whole, remainder - carry * divisor)
    }
    return time.whole
  }

  private static func time(of request: UInt64, _ divisor: UInt64) -> (whole: UInt64, remainder: UInt64) {
    let (whole, remainder) = (UInt128(request) * 1_000_000_000_000_000).quotientAndRemainder(
      dividingBy: UInt128(divisor))
    // One less than the greatest, because a carry may be added to it.
    return (UInt64(Swift.min(whole, UInt128(UInt64.max - 1))), UInt64(remainder))
  }
}

/// The times of a Poisson process.
struct PoissonTimes {
  private let gaps: RandomSequence
  private let meanGap: Double
  /// The number of gaps in `time`.
  private var drawn: UInt64 = 0
  /// The time of the last request: whole nanoseconds, and units of 2^-64 ns.
  private var time: (whole: UInt64, fraction: UInt64) = (0, 0)

  /// Creates the times of a seed.
  init(rate: RequestRate, seed: UInt64) {
    gaps = RandomSequence(seed: seed, use: .gaps)
    meanGap = 1_000_000_000_000_000 / Double(rate.perMegasecond)
  }

  /// Returns the time of a request, or some time that is not before `end`. Requests are asked for in increasing order.
  mutating func time(of request: UInt64, before end: UInt64) -> UInt64 {
    while drawn <= request && time.whole < end {
      // At most 36.8 · 10^15 ns, which is below 2^56.
      let gap = exponential(gaps.number(at: drawn)) * meanGap
      let whole = UInt64(gap)
      let (fraction, carry) = time.fraction.addingReportingOverflow(UInt64((gap - Double(whole)) * 0x1p64))
      time = (time.whole + whole + (carry ? 1 : 0), fraction)
      drawn += 1
    }
    return time.whole
  }
}
