import Records

/// The times at which the requests of an open loop are due, whatever the server does.
///
/// The times are whole nanoseconds since the start, rounded down, and never drift:
///
/// - Constant arrivals: request `i`, from 0, is due at ⌊i · 10^9 / rate⌋. The division is exact, as Bresenham's line
///   algorithm (1965) does it: the remainder is kept.
/// - Poisson arrivals: the gap before each request, the first included, is an exponential random time of mean 10^9 / rate.
///   The gaps are added as integers of 2^-64 ns, so the only error is the rounding of each gap to 53 bits.
///
/// Several threads generate one schedule if each takes a part: part `p` of `n` has the requests whose index modulo `n`
/// is `p`. The union is the same for every `n`, because a part draws the gaps of all requests. (The superposition of
/// independent processes is a Poisson process too, but another one for every `n`; see Kingman, "Poisson Processes", 1993.)
public struct ArrivalSchedule: Sequence, Sendable {
  /// The kinds of arrivals.
  public typealias Arrivals = LoadRecord.Arrivals

  /// A request of the schedule.
  public struct Request: Equatable, Sendable {
    /// The index in the whole schedule, from 0.
    public let index: UInt64
    /// The time at which the request is due, in nanoseconds since the start.
    public let time: UInt64
  }

  /// The kind of arrivals.
  public let arrivals: Arrivals
  /// The mean rate.
  public let rate: RequestRate
  /// The duration in nanoseconds. All requests are due before its end.
  public let duration: UInt64
  /// The seed of the random gaps. The same seed gives the same times on every machine.
  public let seed: UInt64

  private var part: UInt64 = 0
  private var parts: UInt64 = 1

  /// Creates a schedule.
  ///
  /// - Parameters:
  ///   - duration: In nanoseconds; more than 10^18 (31 years) is taken as 10^18.
  ///   - seed: Has no effect on constant arrivals.
  public init(_ arrivals: Arrivals, rate: RequestRate, duration: UInt64, seed: UInt64 = 0) {
    self.arrivals = arrivals
    self.rate = rate
    self.duration = Swift.min(duration, 1_000_000_000_000_000_000)
    self.seed = seed
  }

  /// Returns the requests that one of several threads sends.
  ///
  /// - Parameters:
  ///   - index: The thread, from 0 to `parts` − 1.
  ///   - parts: The number of threads, up to 10^6.
  /// - Precondition: The schedule is whole, not a part already.
  public func part(_ index: Int, of parts: Int) -> ArrivalSchedule {
    precondition(self.parts == 1 && 1...1_000_000 ~= parts && 0..<parts ~= index, "no such part")
    var schedule = self
    (schedule.part, schedule.parts) = (UInt64(index), UInt64(parts))
    return schedule
  }

  /// The number of requests of a whole schedule that are due before its end; `nil` for Poisson arrivals, whose number is
  /// random, and for a part.
  public var count: UInt64? {
    guard arrivals == .constant, parts == 1 else { return nil }
    // At most 10^18 · 10^15 / 10^15, rounded up.
    let product = UInt128(duration) * UInt128(rate.perMegasecond)
    return UInt64((product + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// Returns an iterator over the requests, in the order of their times.
  public func makeIterator() -> Iterator {
    let steps: Iterator.Steps =
      switch arrivals {
      case .constant: .constant(ConstantTimes(rate: rate, first: part, step: parts))
      case .poisson: .poisson(PoissonTimes(rate: rate, seed: seed))
      }
    return Iterator(steps: steps, index: part, step: parts, end: duration)
  }

  /// An iterator over the requests of a schedule, or of a part of it. It allocates no memory.
  public struct Iterator: IteratorProtocol {
    enum Steps {
      case constant(ConstantTimes)
      case poisson(PoissonTimes)
    }

    fileprivate var steps: Steps
    fileprivate var index: UInt64
    fileprivate let step: UInt64
    fileprivate let end: UInt64

    /// Returns the next request; `nil` at the end of the schedule.
    public mutating func next() -> Request? {
      let time: UInt64
      switch steps {
      case .constant(var times):
        time = times.next()
        steps = .constant(times)
      case .poisson(var times):
        time = times.time(of: index, before: end)
        steps = .poisson(times)
      }
      guard time < end else { return nil }
      defer { index += step }
      return Request(index: index, time: time)
    }
  }
}

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
