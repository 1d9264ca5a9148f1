import Statistics
import TestSupport
import Testing

struct PairedRatioTests {
  @Test(
    "the interval of a paired ratio contains the estimate, is reproducible, and scales with its unit",
    arguments: [
      Bootstrap.Method.percentile, .bca,
    ])
  func properties(method: Bootstrap.Method) throws {
    var generator = SplitMix64(seed: 61)
    let bootstrap = Bootstrap(method, resamples: 300)
    for _ in 0..<50 {
      let one = try paired(&generator, Int.random(in: 5...20, using: &generator), 4)
      let two = try paired(&generator, Int.random(in: 5...20, using: &generator), 3)
      let interval = try #require(bootstrap.intervalOfRatio(one, over: two))
      #expect(interval.contains(try ratio(one) / ratio(two)))
      #expect(bootstrap.intervalOfRatio(one, over: two) == interval)
      let doubled = try #require(PairedSample(one.first.map { $0 * 2 }, one.second))
      #expect(bootstrap.intervalOfRatio(doubled, over: two) == interval.scaled(by: 2))
    }
  }

  @Test("pairing cancels what disturbs both values of a round")
  func pairing() throws {
    var generator = SplitMix64(seed: 62)
    let noise = generator.normals(9, 1, 0.3).map { abs($0) + 0.1 }
    let one = try #require(PairedSample(noise.map { $0 * 4 }, noise))
    let two = try #require(PairedSample(noise.reversed().map { $0 * 2 }, noise.reversed()))
    #expect(Bootstrap().intervalOfRatio(one, over: two) == Interval(2, 2))
  }

  @Test("the interval for two machines with 20 rounds covers the truth in 93 to 99 % of 1,000 samples")
  func coverage() throws {
    var generator = SplitMix64(seed: 63)
    let bootstrap = Bootstrap(resamples: 300)
    let covered = try (0..<1000).count { _ in
      let (one, two) = (try paired(&generator, 20, 4), try paired(&generator, 20, 2))
      return try #require(bootstrap.intervalOfRatio(one, over: two)).contains(2)
    }
    print("ratio of two speedups of 20 rounds, percentile, widened: \(Double(covered) / 10) %")
    #expect((930...990).contains(covered))
  }

  @Test(
    "too few rounds, values not above 0 and lists of different lengths have no interval")
  func undefined() throws {
    let (four, five) = ([Double](repeating: 1, count: 4), [Double](repeating: 1, count: 5))
    let (short, long) = (try #require(PairedSample(four, four)), try #require(PairedSample(five, five)))
    let zero = try #require(PairedSample(five, [1, 1, 0, 1, 1]))
    let infinite = try #require(PairedSample(five, [1, 1, .infinity, 1, 1]))
    #expect(PairedSample(four, five) == nil)
    #expect(Bootstrap().intervalOfRatio(long, over: long) == Interval(1, 1))
    for (one, two) in [(short, long), (long, short), (zero, long), (long, zero), (infinite, long)] {
      #expect(Bootstrap().intervalOfRatio(one, over: two) == nil)
    }
  }

  private func paired(_ generator: inout SplitMix64, _ rounds: Int, _ ratio: Double) throws -> PairedSample {
    try #require(
      PairedSample(generator.normals(rounds, ratio, 0.02 * ratio), generator.normals(rounds, 1, 0.02)))
  }

  private func ratio(_ sample: PairedSample) throws -> Double {
    try #require(median(sample.first)) / (try #require(median(sample.second)))
  }
}
