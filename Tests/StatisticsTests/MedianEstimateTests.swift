import Foundation
import TestSupport
import Testing

@testable import Statistics

struct MedianEstimateTests {
  private let few: [Double] = [13, 10, 15, 11, 12]
  private let more: [Double] = [20, 31, 21, 26, 30, 23, 27]

  @Test("the standard error is that of a bootstrap with every possible resample")
  func everyResample() {
    let sample = [1.0, 2, 4, 9, 30]
    var medians: [Double] = []
    for number in 0..<3125 {
      let draw = [1, 5, 25, 125, 625].map { sample[number / $0 % 5] }
      medians.append(draw.sorted()[2])
    }
    let middle = mean(medians)
    #expect(isClose(MedianError(sample).variance, mean(medians.map { ($0 - middle) * ($0 - middle) })))
  }

  /// Calculated in Python with scipy.stats.beta.
  @Test(
    "the standard error agrees with SciPy's beta distribution for any number of values",
    arguments: [
      (5, 0.3942615893333139), (6, 0.3848800654395763), (7, 0.36850217339075186), (20, 0.18266773530728742),
    ])
  func known(count: Int, variance: Double) {
    let sample = (1...count).map { log(1 + Double($0 * $0)) }
    #expect(isClose(MedianError(sample).variance, variance))
  }

  @Test("the standard error of many values is that of the normal limit within 1 %")
  func many() {
    #expect(
      isClose(MedianError((1...300).map { log(1 + Double($0 * $0)) }).variance, 0.013279868839433107, 0.01))
  }

  /// Calculated in Python with scipy.stats.t, from the standard errors above.
  @Test("the ratio of two medians has the interval and the p-value of Welch's t")
  func ratio() throws {
    let ratio = try #require(MedianEstimate(few)).over(try #require(MedianEstimate(more)))
    #expect(ratio.value == 12.0 / 26 && ratio.degreesOfFreedom == 8)
    let interval = try #require(ratio.interval(level: 0.95))
    #expect(isClose(interval.lower, 0.3356537173463265) && isClose(interval.upper, 0.6346354605079464))
    #expect(isClose(ratio.pValue(lessThan: 0.6), 0.04700874748673261))
    #expect(isClose(ratio.pValue(greaterThan: 0.6), 1 - 0.04700874748673261))
    #expect(isClose(ratio.interval(level: 0.9999)?.upper, 1.2338798140097118))
  }

  /// SciPy: scipy.stats.ttest_ind of the logarithms.
  @Test("of several runs a side, the ratio has Student's interval of the medians of the runs")
  func runs() throws {
    let ratio = try #require(MedianEstimate(ratioOfRuns: [10, 10.4, 10.1], over: [11, 11.6, 11.1]))
    #expect(isClose(ratio.value, 0.905163472727044) && isClose(ratio.pValue, 0.007844959045772431))
    let interval = try #require(ratio.interval(level: 0.95))
    #expect(isClose(interval.lower, 0.8558178398493186) && isClose(interval.upper, 0.9573543272988299))
    let one = try #require(MedianEstimate(ratioOfRuns: [10.4], over: [11, 11.6, 11.1]))
    #expect(isClose(one.pValue, 0.14404892751464568))
    #expect(isClose(one.interval(level: 0.95)?.lower, 0.8041466632047606))
    #expect(MedianEstimate(ratioOfRuns: [1], over: [2]) == nil)
    #expect(MedianEstimate(ratioOfRuns: [], over: [2, 3, 4]) == nil)
    #expect(MedianEstimate(ratioOfRuns: [1, 0], over: [2]) == nil)
  }

  @Test("an estimate scales with its values, and widening widens its interval")
  func properties() throws {
    var generator = SplitMix64(seed: 33)
    for _ in 0..<50 {
      let sample = generator.normals(.random(in: 5...30, using: &generator), 100, 5)
      let interval = try #require(MedianEstimate(sample)?.interval(level: 0.95))
      let fourfold = try #require(MedianEstimate(sample.map { $0 * 4 })?.interval(level: 0.95))
      #expect(isClose(fourfold.lower, 4 * interval.lower) && isClose(fourfold.upper, 4 * interval.upper))
      let wider = try #require(MedianEstimate(sample, widening: 2)?.interval(level: 0.95))
      #expect(isClose(log(wider.upper / wider.lower), 2 * log(interval.upper / interval.lower)))
    }
  }

  @Test("equal values are known exactly")
  func constant() throws {
    let ratio = try #require(MedianEstimate([6, 6, 6, 6, 6])).over(
      try #require(MedianEstimate([3, 3, 3, 3, 3])))
    #expect(ratio.interval(level: 0.95) == Interval(2, 2))
    #expect(ratio.pValue == 0 && ratio.pValue(greaterThan: 2) == 1 && ratio.pValue(lessThan: 2) == 1)
  }

  @Test("too few values, and values not above 0, have no estimate")
  func undefined() {
    for sample in [[1, 2, 3, 4], [0, 1, 2, 3, 4], [1, 2, 3, 4, .infinity], [1, 2, 3, 4, .nan]] {
      #expect(MedianEstimate(sample) == nil)
    }
    #expect(medianPValue([1, 2, 3, 4]) == nil && medianPValue([1, 2, 3, 4, .nan]) == nil)
    #expect(geometricMean([]) == nil && geometricMean([1, -1]) == nil && geometricMean([7]) == 7)
  }

  @Test("the median of differences is tested against 0")
  func differences() {
    #expect(isClose(medianPValue([0.3, -0.1, 0.5, 0.7, 0.2, 0.9, 0.4]), 0.044549410452371985))
    #expect(medianPValue([0, 0, 0, 0, 0]) == 1 && medianPValue([1, 1, 1, 1, 1]) == 0)
  }

  @Test("tests err in at most 5 % and 0.2 % at these levels, for noise of any kind and 5 to 50 values")
  func errors() throws {
    let noises: [(inout SplitMix64) -> Double] = [
      { $0.normal(0, 0.02) }, { -0.03 * log($0.uniform()) }, { 0.08 * $0.uniform() },
      { $0.normal(0, 0.02) + ($0.uniform() < 0.1 ? -0.3 * log($0.uniform()) : 0) },
    ]
    var generator = SplitMix64(seed: 44)
    for noise in noises {
      for count in [5, 6, 10, 20, 50] {
        let pValues = try (0..<1000).map { _ in
          let estimates = try (0..<2).map { _ in
            try #require(MedianEstimate((0..<count).map { _ in exp(noise(&generator)) }))
          }
          return estimates[0].over(estimates[1]).pValue
        }
        // Binomial limits at one in a thousand.
        #expect(pValues.count { $0 < 0.05 } <= 73 && pValues.count { $0 < 0.002 } <= 8)
      }
    }
  }
}
