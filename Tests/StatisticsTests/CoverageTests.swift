import Foundation
import Statistics
import TestSupport
import Testing

/// What the intervals and the comparison promise, counted over samples of known truth. The figures are printed: how
/// often the truth is covered is itself a result.
struct CoverageTests {
  /// As reports use it, with fewer resamples.
  private let bootstrap = Bootstrap(resamples: 300)

  @Test("the interval of the mean of 20 normal values covers the truth in 93 to 97 % of 1,000 samples")
  func mean() throws {
    var generator = SplitMix64(seed: 41)
    let covered = try (0..<1000).count { _ in
      let sample = generator.normals(20, 10, 2)
      return try #require(bootstrap.interval(of: sample, StatisticsTests.mean)).contains(10)
    }
    report("mean of 20 normal values, percentile, widened", covered)
    #expect((930...970).contains(covered))
  }

  @Test(
    "the interval of the median covers the truth in 93 to 98 % of 1,000 samples, by either method")
  func median() throws {
    let count = 20
    for method in [Bootstrap.Method.percentile, .bca] {
      var generator = SplitMix64(seed: 42)
      let bootstrap = Bootstrap(method, resamples: 300)
      let covered = try (0..<1000).count { _ in
        try #require(bootstrap.intervalOfMedian(generator.normals(count, 10, 2))).contains(10)
      }
      report("median of \(count) normal values, \(method), widened", covered)
      #expect((930...980).contains(covered))
    }
  }

  @Test(
    "the interval of a speedup of 20 rounds covers the truth in 93 to 99 % of 1,000 samples, for any noise")
  func speedup() throws {
    let noises: [(String, (inout SplitMix64) -> Double)] = [
      ("normal", { $0.normal(1, 0.02) }), ("exponential", { 1 - 0.05 * log($0.uniform()) }),
    ]
    for (name, noise) in noises {
      var generator = SplitMix64(seed: 43)
      let covered = try (0..<1000).count { _ in
        let single = (0..<20).map { _ in 4 * noise(&generator) }
        let several = (0..<20).map { _ in noise(&generator) }
        return try #require(bootstrap.intervalOfPairedRatio(single, over: several)).contains(
          4)
      }
      report("speedup of 20 rounds of \(name) noise, percentile, widened", covered)
      #expect((930...990).contains(covered))
    }
  }

  @Test("equal distributions are called different in at most 5 % of 1,000 comparisons")
  func falseAlarms() throws {
    let count = 15
    var generator = SplitMix64(seed: 44)
    let alarms = try (0..<1000).count { _ in
      try #require(
        MedianComparison(
          generator.normals(count, 1, 0.02), over: generator.normals(count, 1, 0.02), bootstrap)
      ).isDifferent
    }
    report("false alarms of comparing \(count) trials with \(count)", alarms)
    #expect(alarms <= 50)
  }

  @Test("15 trials find a difference of 5 % under 2 % of noise in at least 95 % of 1,000 comparisons")
  func power() throws {
    var generator = SplitMix64(seed: 45)
    let found = try (0..<1000).count { _ in
      let comparison = try #require(
        MedianComparison(generator.normals(15, 1.05, 0.021), over: generator.normals(15, 1, 0.02), bootstrap))
      return comparison.isDifferent && comparison.ratio > 1
    }
    report("a difference of 5 % found with 15 trials", found)
    #expect(found >= 950)
  }

  private func report(_ what: String, _ count: Int) {
    print("\(what): \(Double(count) / 10) %")
  }
}

struct MedianComparisonTests {
  @Test("equal constants are not different, and unequal ones are")
  func constants() throws {
    let (ones, twos) = ([Double](repeating: 1, count: 5), [Double](repeating: 2, count: 5))
    #expect(try #require(MedianComparison(ones, over: ones)).isDifferent == false)
    let comparison = try #require(MedianComparison(twos, over: ones))
    #expect(comparison.isDifferent)
    #expect(comparison.ratio == 2)
    #expect(comparison.interval == Interval(2, 2))
  }

  @Test("a comparison of too few values is nil")
  func undefined() {
    #expect(MedianComparison([1, 2, 3, 4], over: [1, 2, 3, 4, 5]) == nil)
    #expect(MedianComparison([], over: []) == nil)
  }
}
