import Statistics
import TestSupport
import Testing

struct MedianIntervalTests {
  /// Calculated in Python with exact binomial coefficients.
  @Test(
    "the interval of the median of 1, 4, 9 … is interpolated between order statistics",
    arguments: [
      (5, 1, 25), (6, 2.0714285714285734, 32.07142857142857), (7, 3.2, 39.46666666666666),
      (10, 7.288288288288291, 69.81981981981981), (11, 8.588969823100937, 82.56191467221643),
      (20, 39.05804480651732, 218.1782077393075), (99, 1625.2898409442596, 3562.8457892300376),
    ])
  func known(count: Int, lower: Double, upper: Double) throws {
    let found = try #require(MedianInterval((1...count).reversed().map { Double($0 * $0) }))
    #expect(isClose(found.interval.lower, lower) && isClose(found.interval.upper, upper))
    #expect(found.level == (count == 5 ? 0.9375 : 0.95))
  }

  @Test("the interval contains the median, moves and scales with the values, and grows with the level")
  func properties() throws {
    var generator = SplitMix64(seed: 32)
    for _ in 0..<200 {
      let sample = generator.normals(.random(in: 5...300, using: &generator), 100, 5)
      let interval = try #require(MedianInterval(sample)).interval
      #expect(interval.contains(try #require(median(sample))))
      #expect(MedianInterval(sample.map { $0 * 4 })?.interval == interval.scaled(by: 4))
      #expect(MedianInterval(sample.shuffled(using: &generator))?.interval == interval)
      let wider = try #require(MedianInterval(sample, level: 0.99)).interval
      #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
    }
  }

  @Test("widening moves both ends away from the median by its factor")
  func widening() throws {
    let sample = [1.0, 2, 5, 6, 9]
    #expect(MedianInterval(sample, widening: 3)?.interval == Interval(-7, 17))
  }

  @Test("the interval of a constant is that constant, of a hundred thousand values too")
  func constant() {
    #expect(MedianInterval([3, 3, 3, 3, 3])?.interval == Interval(3, 3))
    let many = (0..<100_000).map { Double($0 % 1000) }
    #expect(MedianInterval(many)?.interval.lower == 496.0)
  }

  @Test("fewer than five values, or one that is not finite, have no interval")
  func undefined() {
    #expect(MedianInterval([1, 2, 3, 4]) == nil)
    #expect(MedianInterval([1, 2, 3, 4, .infinity]) == nil)
    #expect(MedianInterval([1, 2, 3, 4, .nan]) == nil)
  }

  @Test("intervals scale with the values, and their ends are in order")
  func intervals() {
    #expect(Interval(4, 2) == Interval(2, 4))
    #expect(Interval(.nan, 2) == nil)
    #expect(Interval(2, 4)?.scaled(by: 0.5) == Interval(1, 2))
    #expect(Interval(2, 4)?.contains(4) == true)
    #expect(Interval(2, 4)?.contains(4.1) == false)
  }

  @Test("the interval covers the truth in 93 to 97 % of samples of 6 to 30 values, for any noise")
  func coverage() throws {
    var generator = SplitMix64(seed: 42)
    for count in [6, 7, 10, 15, 30] {
      for isSkewed in [false, true] {
        let covered = try (0..<2000).count { _ in
          let sample = generator.normals(count).map { isSkewed ? $0 * $0 * $0 + 3 * $0 * $0 : $0 }
          // The median of a monotonic function of z is its value at 0; of this one it is found by counting.
          let truth = isSkewed ? Self.skewedMedian : 0
          return try #require(MedianInterval(sample)).interval.contains(truth)
        }
        #expect((1860...1940).contains(covered), "\(count) values: \(covered) of 2000")
      }
    }
  }

  /// The median of z³ + 3z² for normal z, from a large sample.
  private static let skewedMedian: Double = {
    var generator = SplitMix64(seed: 43)
    return median(generator.normals(400_001).map { $0 * $0 * $0 + 3 * $0 * $0 }) ?? .nan
  }()
}
