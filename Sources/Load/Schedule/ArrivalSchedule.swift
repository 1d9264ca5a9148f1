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
/// With rates that change in time, the same holds for the integral of the rates: see `VaryingConstantTimes` and
/// `VaryingPoissonTimes`.
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
  /// The rates by time, and the time before them, in nanoseconds, at which the first one holds; `nil` if the rate is constant.
  private let varying: (rates: RequestRates, lead: UInt64)?
  /// The rate; the greatest one if it changes.
  public let rate: RequestRate
  /// The duration in nanoseconds. All requests are due before its end.
  public let duration: UInt64
  /// The seed of the random gaps. The same seed gives the same times on every machine.
  public let seed: UInt64

  /// The longest duration, in nanoseconds: 31 years.
  static let longestDuration: UInt64 = 1_000_000_000_000_000_000

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
    self.duration = Swift.min(duration, Self.longestDuration)
    self.seed = seed
    varying = nil
  }

  /// Creates a schedule whose rate changes. It ends with the last rate, or before.
  ///
  /// - Parameters:
  ///   - lead: The time before the first interval, in nanoseconds, at which its rate holds already: a warm-up.
  ///   - duration: In nanoseconds, including `lead`.
  ///   - seed: Has no effect on constant arrivals.
  public init(
    _ arrivals: Arrivals, rates: RequestRates, after lead: UInt64 = 0, duration: UInt64, seed: UInt64 = 0
  ) {
    self.arrivals = arrivals
    self.seed = seed
    rate = RequestRate(perSecond: Swift.max(rates.peak, RequestRate.possible.lowerBound)) ?? .least
    let lead = Swift.min(lead, Self.longestDuration)
    self.duration = Swift.min(duration, lead + rates.duration)
    varying = (rates, lead)
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
  /// random, for rates that change, and for a part.
  public var count: UInt64? {
    guard arrivals == .constant, parts == 1, varying == nil else { return nil }
    // At most 10^18 · 10^15 / 10^15, rounded up.
    let product = UInt128(duration) * UInt128(rate.perMegasecond)
    return UInt64((product + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// Returns an iterator over the requests, in the order of their times.
  public func makeIterator() -> Iterator {
    let steps: Iterator.Steps =
      switch (arrivals, varying) {
      case (.constant, nil): .constant(ConstantTimes(rate: rate, first: part, step: parts))
      case (.poisson, nil): .poisson(PoissonTimes(rate: rate, seed: seed))
      case (.constant, let varying?):
        .varyingConstant(
          VaryingConstantTimes(varying.rates, after: varying.lead, first: part, step: parts))
      case (.poisson, let varying?):
        .varyingPoisson(VaryingPoissonTimes(varying.rates, after: varying.lead, seed: seed))
      }
    return Iterator(
      steps: steps, rates: varying?.rates.perMegasecond ?? [], index: part, step: parts, end: duration)
  }

  /// An iterator over the requests of a schedule, or of a part of it. It allocates no memory.
  public struct Iterator: IteratorProtocol {
    enum Steps {
      case constant(ConstantTimes)
      case poisson(PoissonTimes)
      case varyingConstant(VaryingConstantTimes)
      case varyingPoisson(VaryingPoissonTimes)
    }

    fileprivate var steps: Steps
    /// The rates that change, beside `steps`: those are numbers, which cost nothing to copy.
    fileprivate let rates: [UInt64]
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
      case .varyingConstant(var times):
        time = times.time(in: rates)
        steps = .varyingConstant(times)
      case .varyingPoisson(var times):
        time = times.time(of: index, in: rates)
        steps = .varyingPoisson(times)
      }
      guard time < end else { return nil }
      defer { index += step }
      return Request(index: index, time: time)
    }
  }
}
