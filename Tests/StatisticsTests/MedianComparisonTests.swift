import Testing

@testable import Statistics

struct MedianComparisonTests {
  @Test("two lone runs are compared by their trials, several by their medians")
  func sides() throws {
    let (ones, twos) = ([1, 1, 1, 1, 1.0], [2, 2, 2, 2, 2.0])
    #expect(try #require(MedianComparison([twos], over: [ones])).interval == Interval(2, 2))
    let several = try #require(MedianComparison([[2, 2], [2.1]], over: [[1], [1.1, 1.0, 1.2]]))
    #expect(isClose(several.estimate.value, (2 * 2.1 / 1.1).squareRoot()))
    #expect(several.interval.lower < 1.6 && several.estimate.degreesOfFreedom == 2)
  }

  @Test("a comparison of too few values is nil")
  func undefined() {
    #expect(MedianComparison([[1, 2, 3, 4]], over: [[1, 2, 3, 4, 5]]) == nil)
    #expect(MedianComparison([[]], over: [[], [1]]) == nil)
    #expect(MedianComparison([], over: []) == nil)
  }
}
