import Statistics
import TestSupport
import Testing

struct BootstrapTests {
  /// Of R's package boot, with which SciPy tests its own: the mean of 16 values, to half a percent.
  @Test(
    "bootstrap intervals agree with R's boot",
    arguments: [(Bootstrap.Method.percentile, 28.86, 84.21), (.bca, 32.31, 91.43)])
  func published(method: Bootstrap.Method, lower: Double, upper: Double) throws {
    let sample = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213]
    let bootstrap = Bootstrap(method, resamples: 150_000, widensForSmallSamples: false)
    let interval = try #require(bootstrap.interval(of: sample, mean))
    #expect(isClose(interval.lower, lower, 0.005))
    #expect(isClose(interval.upper, upper, 0.005))
  }

  @Test("intervals of the median are the same drawn by rank and by value", arguments: [5, 6, 11, 20])
  func fastPath(count: Int) throws {
    var generator = SplitMix64(seed: 31)
    for method in [Bootstrap.Method.percentile, .bca] {
      let sample = generator.normals(count, 10)
      let bootstrap = Bootstrap(method, resamples: 4000)
      let fast = try #require(bootstrap.intervalOfMedian(sample))
      let slow = try #require(bootstrap.interval(of: sample) { median($0) ?? .nan })
      // Resamples are drawn in another order, and so are not the same.
      #expect((fast.lower - slow.lower).magnitude < 0.1 && (fast.upper - slow.upper).magnitude < 0.1)
    }
  }

  @Test("intervals contain the estimate, are reproducible, and grow with the values")
  func properties() throws {
    var generator = SplitMix64(seed: 32)
    for method in [Bootstrap.Method.percentile, .bca] {
      let bootstrap = Bootstrap(method, resamples: 300)
      for _ in 0..<50 {
        let count = Int.random(in: 5...30, using: &generator)
        let (one, other) = (generator.normals(count, 100, 5), generator.normals(count, 50, 2))
        let interval = try #require(bootstrap.intervalOfMedian(one))
        #expect(interval.contains(try #require(median(one))))
        #expect(bootstrap.intervalOfMedian(one) == interval)
        #expect(bootstrap.intervalOfMedian(one.map { $0 * 4 }) == interval.scaled(by: 4))
        let ratio = try #require(bootstrap.intervalOfPairedRatio(one, over: other))
        #expect(ratio.contains(try #require(median(one)) / (try #require(median(other)))))
        #expect(
          bootstrap.intervalOfPairedRatio(one, over: one.map { $0 / 2 }).map { [$0.lower, $0.upper] } == [
            2, 2,
          ])
      }
    }
  }

  @Test("the interval of a constant is that constant")
  func constant() {
    for method in [Bootstrap.Method.percentile, .bca] {
      #expect(Bootstrap(method).intervalOfMedian([3, 3, 3, 3, 3]) == Interval(3, 3))
      #expect(Bootstrap(method).intervalOfRatio([6, 6, 6, 6, 6], over: [3, 3, 3, 3, 3]) == Interval(2, 2))
    }
  }

  @Test("too few or non-finite values have no interval")
  func undefined() {
    let bootstrap = Bootstrap()
    #expect(bootstrap.interval(of: [1], mean) == nil)
    #expect(bootstrap.interval(of: [], mean) == nil)
    #expect(bootstrap.interval(of: [1, 2, .nan], mean) == nil)
    #expect(bootstrap.intervalOfMedian([1, 2, 3, 4]) == nil)
    #expect(bootstrap.intervalOfMedian([1, 2, 3, 4, .infinity]) == nil)
    #expect(bootstrap.intervalOfRatio([1, 2, 3, 4, 5], over: [1, 2, 3, 4]) == nil)
    #expect(bootstrap.intervalOfRatio([1, 2, 3, 4, 5], over: [0, 2, 3, 4, 5]) == nil)
    #expect(bootstrap.intervalOfPairedRatio([1, 2, 3, 4, 5], over: [1, 2, 3, 4, 5, 6]) == nil)
  }

  @Test("pairing by round cancels what disturbed both values")
  func pairing() throws {
    var generator = SplitMix64(seed: 33)
    let disturbance = generator.normals(20, 1, 0.1)
    let single = disturbance.map { 100 * $0 * generator.normal(1, 0.001) }
    let several = disturbance.map { 30 * $0 * generator.normal(1, 0.001) }
    let paired = try #require(Bootstrap().intervalOfPairedRatio(single, over: several))
    let apart = try #require(Bootstrap().intervalOfRatio(single, over: several))
    #expect((paired.upper - paired.lower) * 5 < apart.upper - apart.lower)
    #expect(paired.contains(100 / 30))
  }

  @Test("intervals scale with the values, and their ends are in order")
  func intervals() {
    #expect(Interval(4, 2) == Interval(2, 4))
    #expect(Interval(.nan, 2) == nil)
    #expect(Interval(2, 4)?.scaled(by: 0.5) == Interval(1, 2))
    #expect(Interval(2, 4)?.contains(4) == true)
    #expect(Interval(2, 4)?.contains(4.1) == false)
  }
}
