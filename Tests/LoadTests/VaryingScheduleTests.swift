import Records
import TestSupport
import Testing

@testable import Load

private let second: UInt64 = 1_000_000_000

private func rates(_ perSecond: [Double], every interval: UInt64 = second) throws -> RequestRates {
  try #require(RequestRates(interval: interval, perSecond: perSecond))
}

/// Schedules whose rate changes.
struct VaryingScheduleTests {
  private func schedule(
    _ arrivals: LoadRecord.Arrivals, _ perSecond: [Double], every interval: UInt64 = second, lead: UInt64 = 0,
    duration: UInt64 = .max, seed: UInt64 = 1
  ) throws -> ArrivalSchedule {
    ArrivalSchedule(
      arrivals, rates: try rates(perSecond, every: interval), after: lead, duration: duration, seed: seed)
  }

  @Test("constant arrivals follow the integral of the rates, exactly at every border")
  func integral() throws {
    // The integral is 2, 2, 2.5, 5.5 and 6 at the ends.
    let times = try schedule(.constant, [2, 0, 0.5, 3, 0.5]).map(\.time)
    let expected: [UInt64] = [
      0, 500_000_000, 2_000_000_000, 3_166_666_666, 3_500_000_000, 3_833_333_333,
    ]
    #expect(times == expected)
  }

  @Test(
    "an interval without requests has none, at the beginning too", arguments: LoadRecord.Arrivals.allCases)
  func silence(arrivals: LoadRecord.Arrivals) throws {
    let times = try schedule(arrivals, [0, 100, 0, 0, 100, 0]).map(\.time)
    #expect(times.count > 100 && times.allSatisfy { [1, 4].contains($0 / second) })
    if arrivals == .constant { #expect(times.count == 200 && times[0] == second && times[100] == 4 * second) }
  }

  @Test("constant arrivals with equal rates are those of one rate", arguments: [7.0, 999.999_999, 123_456])
  func equalRates(rate: Double) throws {
    let one = ArrivalSchedule(
      .constant, rate: try #require(RequestRate(perSecond: rate)), duration: 3 * second)
    #expect(try Array(schedule(.constant, [rate, rate, rate])) == Array(one))
  }

  @Test("Poisson arrivals with equal rates are those of one rate, to the nanosecond")
  func equalPoisson() throws {
    let one = ArrivalSchedule(
      .poisson, rate: try #require(RequestRate(perSecond: 1000)), duration: 3 * second, seed: 5)
    let other = try Array(schedule(.poisson, [1000, 1000, 1000], seed: 5))
    #expect(one.map(\.index) == other.map(\.index))
    #expect(zip(one, other).allSatisfy { max($0.time, $1.time) - min($0.time, $1.time) <= 1 })
  }

  @Test("the counts of Poisson arrivals per interval have the interval's mean and variance")
  func counts() throws {
    let rates = [100.0, 0, 400, 25, 50]
    let seeds = 400
    var (sums, squares) = ([Double](repeating: 0, count: 5), [Double](repeating: 0, count: 5))
    for seed in 1...UInt64(seeds) {
      var counts = [Double](repeating: 0, count: 5)
      for request in try schedule(.poisson, rates, every: second / 2, seed: seed) {
        counts[Int(request.time / (second / 2))] += 1
      }
      for place in rates.indices {
        sums[place] += counts[place]
        squares[place] += (counts[place] - rates[place] / 2) * (counts[place] - rates[place] / 2)
      }
    }
    for (place, rate) in rates.enumerated() {
      let mean = rate / 2
      // Five standard deviations of a mean, and of a variance, over 400 seeds.
      #expect((sums[place] / Double(seeds) - mean).magnitude <= 5 * (mean / Double(seeds)).squareRoot())
      #expect(
        (squares[place] / Double(seeds) - mean).magnitude <= 5 * mean * (2.1 / Double(seeds)).squareRoot())
    }
  }

  @Test("the counts of neighbouring intervals do not correlate")
  func independence() throws {
    var sum = 0.0
    for seed in 1...400 as ClosedRange<UInt64> {
      let times = try schedule(.poisson, [50, 200], seed: seed).map(\.time)
      let first = Double(times.count { $0 < second })
      sum += (first - 50) * (Double(times.count) - first - 200)
    }
    // 400 products of standard deviation √(50 · 200).
    #expect(sum.magnitude < 5 * (400 * 50.0 * 200).squareRoot())
  }

  @Test(
    "the parts of a schedule have its requests, each once, for any number of parts",
    arguments: LoadRecord.Arrivals.allCases, [1, 2, 3, 7])
  func parts(arrivals: LoadRecord.Arrivals, parts: Int) throws {
    let whole = try schedule(arrivals, [300, 0, 17.5, 900], every: second / 3, lead: 100, seed: 9)
    let split = (0..<parts).map { Array(whole.part($0, of: parts)) }
    #expect(split.flatMap(\.self).sorted { $0.index < $1.index } == Array(whole))
    for part in split { #expect(zip(part, part.dropFirst()).allSatisfy { $0.time <= $1.time }) }
  }

  @Test("before the first interval its rate holds, and all borders move")
  func lead() throws {
    let times = try schedule(.constant, [10, 0, 20], lead: second / 2).map(\.time)
    #expect(times.count { $0 < 3 * second / 2 } == 15 && times.count == 35)
    #expect(times[15] == 5 * second / 2)
  }

  @Test(
    "a duration cuts the traffic, and the traffic ends a longer one", arguments: LoadRecord.Arrivals.allCases)
  func duration(arrivals: LoadRecord.Arrivals) throws {
    let all = try Array(schedule(arrivals, [100, 200, 300]))
    let cut = try schedule(arrivals, [100, 200, 300], duration: 3 * second / 2)
    #expect(Array(cut) == all.filter { $0.time < 3 * second / 2 } && cut.duration == 3 * second / 2)
    #expect(try schedule(arrivals, [100, 200, 300]).duration == 3 * second)
    var iterator = try schedule(arrivals, [1, 0]).makeIterator()
    for _ in 0..<50 where iterator.next() != nil {}
    #expect((0..<5).allSatisfy { _ in iterator.next() == nil }, "the end is the end")
  }

  @Test("every request of changing traffic is either taken or counted at the end")
  func dueRequests() throws {
    let schedule = try schedule(.poisson, [300, 0, 900, 30], seed: 4)
    var (due, taken) = (DueRequests(schedule, from: 1000), 0)
    while due.take(at: 1000 + 5 * second / 2) != nil { taken += 1 }
    let rest = due.finish(at: 1000 + 4 * second, counting: 0..<UInt64.max)
    #expect(taken == schedule.count { $0.time <= 5 * second / 2 })
    #expect(rest == UInt64(schedule.count { $0.time > 5 * second / 2 }))
  }
}

struct RequestRatesTests {
  @Test("rates without an interval, of nothing, negative, infinite, too great or too long are none")
  func invalid() {
    #expect(RequestRates(interval: 0, perSecond: [1]) == nil)
    #expect(RequestRates(interval: 1, perSecond: []) == nil)
    for rate in [-1, .infinity, .nan, 1.1e9] as [Double] {
      #expect(RequestRates(interval: 1, perSecond: [1, rate]) == nil)
    }
    #expect(RequestRates(interval: .max, perSecond: [1, 1]) == nil)
    #expect(RequestRates(interval: 600_000_000_000_000_000, perSecond: [1, 1]) == nil)
    #expect(RequestRates(interval: 1, perSecond: Array(repeating: 1, count: 1_000_001)) == nil)
  }

  @Test("the mean is that until a time, and of all after the end")
  func mean() throws {
    let rates = try rates([10, 0, 40])
    #expect(rates.mean(until: 0) == 0 && rates.mean(until: second) == 10)
    #expect(rates.mean(until: 2 * second) == 5 && rates.mean(until: 5 * second / 2) == 12)
    #expect((rates.mean(until: .max) * 3 - 50).magnitude < 1e-12 && rates.peak == 40)
  }
}
