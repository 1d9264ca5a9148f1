import Statistics
import TestSupport
import Testing

struct QuantileTests {
  private let sample: [Double] = [10, 12, 11, 14, 13, 13, 17, 16, 18, 15]

  @Test(
    "quantiles agree with numpy.quantile",
    arguments: [(0, 10), (0.1, 10.9), (0.25, 12.25), (0.9, 17.1), (1, 18)])
  func known(part: Double, value: Double) {
    #expect(isClose(quantile(sample, part), value))
  }

  @Test("quantiles are nil for an empty sample, a NaN, and a part outside 0 to 1")
  func undefined() {
    #expect(quantile([], 0.5) == nil)
    #expect(quantile([1, .nan], 0.5) == nil)
    #expect(quantile(sample, -0.01) == nil)
    #expect(quantile(sample, 1.01) == nil)
    #expect(quantile(sample, .nan) == nil)
  }

  @Test("the quantile of one half is the median, and quantiles grow with the part")
  func properties() throws {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let sample = generator.normals(Int.random(in: 1...30, using: &generator))
      #expect(isClose(quantile(sample, 0.5), try #require(median(sample))))
      let quantiles = stride(from: 0, through: 1, by: 0.05).compactMap { quantile(sample, $0) }
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test("an infinite value makes only the quantiles at it infinite")
  func infinite() {
    #expect(quantile([1, 2, .infinity], 0.5) == 2)
    #expect(quantile([1, 2, .infinity], 1) == .infinity)
    #expect(quantile([.infinity, .infinity], 0.3) == .infinity)
  }
}

struct OutlierTests {
  /// The example of the NIST/SEMATECH e-Handbook has the same formula; these scores were calculated by hand.
  @Test("the score of a value is 0.6745 times its distance from the median in MADs")
  func known() throws {
    let sample: [Double] = [1, 2, 3, 4, 100]
    #expect(medianAbsoluteDeviation(sample) == 1)
    let scores = try #require(modifiedZScores(sample))
    #expect(zip(scores, [-2, -1, 0, 1, 97]).allSatisfy { isClose($0, 0.6745 * $1) })
    #expect(outliers(sample) == [4])
  }

  @Test("outliers lie on either side and are identified by position")
  func places() {
    #expect(outliers([-50, 10, 11, 9, 10.5, 90, 9.5]) == [0, 5])
    #expect(outliers([1, 2, 3, 4, 5]) == [])
  }

  @Test(
    "outliers are undefined if more than half of the values are equal, for no values, and with a NaN"
  )
  func undefined() {
    #expect(outliers([5, 5, 5, 9]) == nil)
    #expect(outliers([5]) == nil)
    #expect(outliers([]) == nil)
    #expect(medianAbsoluteDeviation([]) == nil)
    #expect(medianAbsoluteDeviation([1, .nan]) == nil)
    #expect(medianAbsoluteDeviation([.infinity, .infinity]) == nil)
    #expect(medianAbsoluteDeviation([5]) == 0)
  }

  @Test("outliers are rare among normal values")
  func rare() throws {
    var generator = SplitMix64(seed: 12)
    let found = try (0..<100).map { _ in try #require(outliers(generator.normals(100))).count }.reduce(0, +)
    #expect(found < 50)
  }

  @Test("the MAD of normal values is the standard deviation over 1.4826")
  func normal() {
    var generator = SplitMix64(seed: 13)
    #expect(isClose(medianAbsoluteDeviation(generator.normals(20_000, 5, 2)), 2 / 1.4826, 0.02))
  }
}
