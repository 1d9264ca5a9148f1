import Statistics
import TestSupport
import Testing

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
