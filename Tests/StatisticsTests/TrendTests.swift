import Statistics
import TestSupport
import Testing

struct TrendTests {
  /// The slope is that of scipy.stats.theilslopes; S = 30, its variance 124 with one tie, and so Z = 29 / √124.
  @Test("the trend of a known series is known")
  func known() throws {
    let trend = try #require(Trend([10, 12, 11, 14, 13, 13, 17, 16, 18, 15]))
    #expect(isClose(trend.slope, 0.75))
    #expect(isClose(trend.pValue, 0.00920683455308464))
  }

  @Test("the trend of a straight line is its slope", arguments: [-3, 0.25, 7] as [Double])
  func line(slope: Double) throws {
    let trend = try #require(Trend((0..<20).map { 100 + slope * Double($0) }))
    #expect(isClose(trend.slope, slope))
    #expect(trend.pValue < 1e-9)
  }

  @Test("equal values have no trend")
  func equal() throws {
    let trend = try #require(Trend([5, 5, 5, 5, 5]))
    #expect(trend.slope == 0)
    #expect(trend.pValue == 1)
  }

  @Test("the trend of too few or non-finite values is nil")
  func undefined() {
    #expect(Trend([1, 2, 3]) == nil)
    #expect(Trend([]) == nil)
    #expect(Trend([1, 2, 3, .nan]) == nil)
    #expect(Trend([1, 2, 3, .infinity]) == nil)
  }

  @Test("the trend is the median of all slopes, and reverses with the series")
  func properties() throws {
    var generator = SplitMix64(seed: 21)
    for _ in 0..<50 {
      let count = Int.random(in: 4...25, using: &generator)
      // Whole numbers, so that there are ties.
      let series = (0..<count).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
      let slopes = series.indices.flatMap { early in
        series.indices.filter { $0 > early }.map { (series[$0] - series[early]) / Double($0 - early) }
      }
      let trend = try #require(Trend(series))
      let reversed = try #require(Trend(series.reversed()))
      #expect((trend.slope - (try #require(median(slopes)))).magnitude < 1e-12)
      #expect((trend.slope + reversed.slope).magnitude < 1e-12)
      #expect(isClose(trend.pValue, reversed.pValue))
    }
  }

  @Test(
    "at most 5 % of series without a trend show one, and nearly all with a fifth of their noise per value do"
  )
  func power() throws {
    var generator = SplitMix64(seed: 22)
    var (alarms, found) = (0, 0)
    for _ in 0..<200 {
      let noise = generator.normals(20, 100, 2)
      if try #require(Trend(noise)).pValue < 0.05 { alarms += 1 }
      let drifting = noise.enumerated().map { $1 + 0.4 * Double($0) }
      if try #require(Trend(drifting)).pValue < 0.05 { found += 1 }
    }
    #expect(alarms <= 16, "\(alarms) of 200")
    #expect(found >= 190, "\(found) of 200")
  }
}
