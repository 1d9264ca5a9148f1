import Foundation
import Records
import TestSupport
import Testing

@testable import Load

private let second: UInt64 = 1_000_000_000

/// Returns a schedule; a rate out of range fails the test.
private func schedule(
  _ arrivals: LoadRecord.Arrivals, _ rate: Double, seconds: UInt64, seed: UInt64 = 0
) throws -> ArrivalSchedule {
  ArrivalSchedule(
    arrivals, rate: try #require(RequestRate(perSecond: rate)), duration: seconds * second, seed: seed)
}

struct ConstantArrivalTests {
  @Test("constant arrivals start at 0 and have equal gaps")
  func gaps() throws {
    let times = try schedule(.constant, 4, seconds: 2).map(\.time)
    #expect(times == [0, 250, 500, 750, 1000, 1250, 1500, 1750].map { $0 * 1_000_000 })
  }

  @Test(
    "request i is due at i / rate, rounded down", arguments: [3, 7, 999.999_999, 1e6 / 7, 123_456_789, 1e9])
  func exactness(rate: Double) throws {
    let schedule = try schedule(.constant, rate, seconds: 20)
    let divisor = UInt128(schedule.rate.perMegasecond)
    let isExact = schedule.prefix(10_000).allSatisfy {
      UInt128($0.time) == UInt128($0.index) * 1_000_000_000_000_000 / divisor
    }
    #expect(isExact)
  }

  @Test("request 10^9 is due at its exact time")
  func drift() throws {
    // The part has every 1000th request, so that a million steps reach 10^9; each carries the remainder of a gap.
    let part = try schedule(.constant, 333_333.333_333, seconds: 4000).part(0, of: 1000)
    var last: ArrivalSchedule.Request?
    for request in part {
      last = request
      if request.index == 1_000_000_000 { break }
    }
    #expect(last == .init(index: 1_000_000_000, time: 3_000_000_000_003))
  }

  @Test("the count is the number of requests before the end", arguments: [0.5, 3, 7.000_001, 1000, 99_999.5])
  func count(rate: Double) throws {
    for nanoseconds in [0, 1, 999_999_999, second, second + 1, 7 * second] {
      let schedule = ArrivalSchedule(
        .constant, rate: try #require(RequestRate(perSecond: rate)), duration: nanoseconds)
      let times = schedule.map(\.time)
      #expect(schedule.count == UInt64(times.count) && times.allSatisfy { $0 < nanoseconds })
    }
  }

  @Test("the lowest rate over the longest duration neither overflows nor lacks a request")
  func extremes() throws {
    let schedule = ArrivalSchedule(.constant, rate: try #require(RequestRate("0.000001")), duration: .max)
    #expect(schedule.count == 1000 && schedule.map(\.time).last == 999_000_000_000_000_000)
    #expect(schedule.part(999_999, of: 1_000_000).map(\.index).isEmpty)
    #expect(schedule.part(1, of: 1_000_000).map(\.index) == [1])
  }
}

struct ScheduleTests {
  @Test(
    "the parts of a schedule have its requests, each once, for any number of parts",
    arguments: LoadRecord.Arrivals.allCases, [1, 2, 3, 7])
  func parts(arrivals: LoadRecord.Arrivals, parts: Int) throws {
    let whole = try schedule(arrivals, 1234.5, seconds: 3, seed: 9)
    let split = (0..<parts).map { Array(whole.part($0, of: parts)) }
    #expect(split.flatMap(\.self).sorted { $0.index < $1.index } == Array(whole))
    for part in split { #expect(zip(part, part.dropFirst()).allSatisfy { $0.time <= $1.time }) }
  }

  @Test("a schedule of no duration has no requests", arguments: LoadRecord.Arrivals.allCases)
  func empty(arrivals: LoadRecord.Arrivals) throws {
    #expect(try schedule(arrivals, 1e9, seconds: 0).map(\.time).isEmpty)
  }
}

struct PoissonArrivalTests {
  @Test("the same seed gives the same times on every machine, another seed others")
  func determinism() throws {
    let times = try schedule(.poisson, 1000, seconds: 10, seed: 18).map(\.time)
    #expect(times.prefix(4) == [778_371, 1_055_830, 1_188_087, 2_075_865])
    #expect(try schedule(.poisson, 1000, seconds: 10, seed: 18).map(\.time) == times)
    #expect(try schedule(.poisson, 1000, seconds: 10, seed: 19).map(\.time) != times)
  }

  @Test("the times are the sums of exponential gaps, without drift")
  func sums() throws {
    let schedule = try schedule(.poisson, 777, seconds: 200, seed: 4)
    let numbers = RandomSequence(seed: 4, use: .gaps)
    var sum: UInt128 = 0
    var isExact = true
    for request in schedule {
      sum += UInt128(exponential(numbers.number(at: request.index)) * (1e15 / 777e6) * 0x1p64)
      if UInt128(request.time) != sum >> 64 { isExact = false }
    }
    #expect(isExact && sum >> 64 > 199 * UInt128(second))
  }

  @Test("the mean rate is the asked rate", arguments: [1, 2, 3])
  func rate(seed: UInt64) throws {
    let count = try schedule(.poisson, 10_000, seconds: 20, seed: seed).reduce(0) { count, _ in count + 1 }
    // 200,000 requests with a standard deviation of 447: four of them are exceeded once in 16,000 seeds.
    #expect((198_211...201_789).contains(count))
  }

  @Test("the counts per window have a variance equal to their mean")
  func dispersion() throws {
    let windows = 2000
    var counts = [Double](repeating: 0, count: windows)
    for request in try schedule(.poisson, 2000, seconds: 20, seed: 6) {
      counts[Int(request.time / (second / 100))] += 1
    }
    let mean = counts.reduce(0, +) / Double(windows)
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(windows - 1)
    // (n − 1) · variance / mean is chi-square with 1999 degrees of freedom: the ratio's standard deviation is 0.0316.
    #expect((0.87...1.13).contains(variance / mean))
    #expect((19.6...20.4).contains(mean))
  }

  @Test("the gaps are exponential")
  func kolmogorovSmirnov() throws {
    let times = try schedule(.poisson, 1000, seconds: 20, seed: 12).map(\.time)
    let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / 1_000_000 }.sorted()
    let count = Double(gaps.count)
    let distance = gaps.enumerated().reduce(0) { most, gap in
      let probability = 1 - exp(-gap.element)
      let (below, above) = (Double(gap.offset) / count, Double(gap.offset + 1) / count)
      return max(most, probability - below, above - probability)
    }
    // The critical value of 1 %.
    #expect(distance < 1.63 / count.squareRoot())
  }

  @Test("successive gaps do not correlate")
  func correlation() throws {
    let times = try schedule(.poisson, 1000, seconds: 20, seed: 2).map(\.time)
    let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / 1_000_000 - 1 }
    let products = zip(gaps, gaps.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    // The sum of n products of two independent values of variance 1 has a standard deviation of √n.
    #expect(products.magnitude < 4 * Double(gaps.count).squareRoot())
  }

  @Test("the lowest rate over the longest duration does not overflow")
  func extremes() throws {
    let rate = try #require(RequestRate("0.000001"))
    let times = ArrivalSchedule(.poisson, rate: rate, duration: .max, seed: 1).map(\.time)
    #expect((850...1150).contains(times.count))
  }
}

struct ExponentialTests {
  @Test("the logarithm is that of the C library, to 2 units in the last place")
  func logarithm() {
    var generator = SplitMix64(seed: 1)
    var worst = 0.0
    for _ in 0..<100_000 {
      let bits: UInt64 = generator.next()
      let shift: UInt64 = 11 + generator.next() % 50
      let x = Double((bits >> shift) + 1) * 0x1p-53
      worst = max(worst, (naturalLogarithm(x) - log(x)).magnitude / log(x).ulp)
    }
    #expect(worst <= 2)
    #expect(naturalLogarithm(1) == 0 && naturalLogarithm(1.0.nextDown) == log(1.0.nextDown))
  }

  @Test("the least and the greatest bits give finite values of at least 0")
  func ends() {
    #expect(exponential(.max) == 0 && (36.7...36.8).contains(exponential(0)))
  }
}

struct RequestRateTests {
  @Test("a rate is read without rounding")
  func texts() throws {
    for (text, expected) in [
      ("1000", 1_000_000_000), ("2.5", 2_500_000), ("0.000001", 1), ("1000000000", 1_000_000_000_000_000),
    ] as [(String, UInt64)] {
      #expect(try #require(RequestRate(text)).perMegasecond == expected)
    }
    #expect(RequestRate("2.5")?.perSecond == 2.5 && RequestRate("2.50") == RequestRate(perSecond: 2.5))
    #expect(try #require(RequestRate("2")) < #require(RequestRate("2.000001")))
  }

  @Test(
    "a rate that is no number in the range is rejected",
    arguments: [
      "", "0", "0.0", "-1", "+1", "1.", ".5", "1.2.3", "1e3", "0.0000001", "1000000000.000001",
      "99999999999999999999",
      "nan", " 1", "١",
    ])
  func rejection(text: String) {
    #expect(RequestRate(text) == nil)
  }

  @Test("a computed rate must be in the range", arguments: [0, -1, .nan, .infinity, 1e-7, 1.1e9])
  func range(rate: Double) {
    #expect(RequestRate(perSecond: rate) == nil)
  }
}
