import Statistics
import TestSupport
import Testing

struct SpreadTests {
  @Test("the spread of an odd count of values has the middle one and both ends")
  func odd() throws {
    let spread = try #require(Spread([3, 9, 1, 7, 5]))
    #expect((spread.minimum, spread.median, spread.maximum) == (1, 5, 9))
  }

  @Test("the spread of an even count of values has the mean of the middle two")
  func even() throws {
    let spread = try #require(Spread([8, 2, 4, 1]))
    #expect((spread.minimum, spread.median, spread.maximum) == (1, 3, 8))
  }

  @Test("the spread of one value is that value")
  func one() throws {
    let spread = try #require(Spread([42]))
    #expect((spread.minimum, spread.median, spread.maximum) == (42, 42, 42))
  }

  @Test("the spread of an empty sample, or with a NaN, is nil")
  func none() {
    #expect(Spread([]) == nil)
    #expect(Spread([.nan]) == nil)
    #expect(Spread([1, .nan, 3]) == nil)
  }

  @Test("the spread has infinite ends if the sample has")
  func infinities() throws {
    let spread = try #require(Spread([1, .infinity, -.infinity]))
    #expect((spread.minimum, spread.median, spread.maximum) == (-.infinity, 1, .infinity))
  }

  @Test("the spread is ordered, has the sample's ends, and does not depend on the order")
  func properties() throws {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<500 {
      let sample = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        Double.random(in: -1e12...1e12, using: &generator)
      }
      let spread = try #require(Spread(sample))
      #expect(spread.minimum <= spread.median && spread.median <= spread.maximum)
      #expect(sample.contains(spread.minimum) && sample.contains(spread.maximum))
      #expect(sample.allSatisfy { spread.minimum <= $0 && $0 <= spread.maximum })
      #expect(Spread(sample.shuffled(using: &generator)) == spread)
    }
  }
}
