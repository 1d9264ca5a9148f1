/// A statistic of a sample that can be computed quickly for any resample.
protocol Resampling {
  /// The number of values, or of rounds of values, to draw from.
  var count: Int { get }
  /// The statistic of the sample.
  var estimate: Double { get }
  /// The statistics with each value left out.
  var jackknife: [Double] { get }

  /// Draws a resample and returns its statistic.
  mutating func replicate(_ generator: inout SplitMix64) -> Double
}

/// The median of a sample.
struct MedianResampling: Resampling {
  private var sorted: SortedSample
  private var draw: [UInt32]

  /// - Returns: `nil` if there are fewer than `Bootstrap.fewestForMedian` values, or if one is not finite.
  init?(_ sample: [Double]) {
    guard sample.count >= Bootstrap.fewestForMedian, let sorted = SortedSample(sample) else { return nil }
    self.sorted = sorted
    draw = [UInt32](repeating: 0, count: sorted.count)
  }

  var count: Int { sorted.count }
  var estimate: Double { sorted.median }
  var jackknife: [Double] { sorted.jackknifeMedians }

  /// The least value.
  var least: Double { sorted.values[0] }

  mutating func replicate(_ generator: inout SplitMix64) -> Double {
    generator.draw(into: &draw)
    return sorted.median(of: draw)
  }
}

/// The ratio of the medians of a paired sample, first over second; whole rounds are resampled.
struct PairedRatioResampling: Resampling {
  private var first: SortedSample
  private var second: SortedSample
  private var draw: [UInt32]

  /// - Returns: `nil` if there are fewer than `Bootstrap.fewestForMedian` rounds, or if a value is not finite
  ///   and above 0.
  init?(_ sample: PairedSample) {
    guard sample.first.count >= Bootstrap.fewestForMedian, let first = SortedSample(sample.first),
      let second = SortedSample(sample.second), first.values[0] > 0, second.values[0] > 0
    else { return nil }
    (self.first, self.second) = (first, second)
    draw = [UInt32](repeating: 0, count: first.count)
  }

  var count: Int { first.count }
  var estimate: Double { first.median / second.median }
  var jackknife: [Double] { zip(first.jackknifeMedians, second.jackknifeMedians).map { $0 / $1 } }

  mutating func replicate(_ generator: inout SplitMix64) -> Double {
    generator.draw(into: &draw)
    return first.median(of: draw) / second.median(of: draw)
  }
}

extension Bootstrap {
  /// Returns the interval of a statistic.
  func interval(of statistic: some Resampling) -> Interval? {
    var statistic = statistic
    var generator = SplitMix64(seed: seed)
    let replicates = (0..<resamples).map { _ in statistic.replicate(&generator) }
    return interval(
      Resampled(
        estimate: statistic.estimate, replicates: replicates,
        jackknife: method == .bca ? [statistic.jackknife] : [], least: statistic.count,
        degreesOfFreedom: statistic.count - 1))
  }

  /// Returns the interval of the ratio of two statistics of independent samples.
  func interval(of numerator: some Resampling, over denominator: some Resampling) -> Interval? {
    var (above, below) = (numerator, denominator)
    var generator = SplitMix64(seed: seed)
    let replicates = (0..<resamples).map { _ in above.replicate(&generator) / below.replicate(&generator) }
    let (top, bottom) = (above.estimate, below.estimate)
    return interval(
      Resampled(
        estimate: top / bottom, replicates: replicates,
        jackknife: method == .bca
          ? [above.jackknife.map { $0 / bottom }, below.jackknife.map { top / $0 }] : [],
        least: min(above.count, below.count), degreesOfFreedom: above.count + below.count - 2))
  }
}
