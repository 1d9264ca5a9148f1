/// A statistic of a sample that is quickly told of any resample of it.
protocol Resampling {
  /// How many values, or rounds of values, are drawn from.
  var count: Int { get }
  /// The statistic of the sample.
  var estimate: Double { get }
  /// The statistics without each one of the values.
  var jackknife: [Double] { get }

  /// The statistic of a resample.
  mutating func replicate(_ generator: inout SplitMix64) -> Double
}

/// The median of a sample.
struct MedianResampling: Resampling {
  private var sorted: SortedSample
  private var draw: [UInt32]

  /// - Returns: `nil` for fewer than `Bootstrap.fewestForMedian` values, and for one that is not a finite number.
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

/// The ratio of the medians of a paired sample, first over second; rounds are drawn.
struct PairedRatioResampling: Resampling {
  private var first: SortedSample
  private var second: SortedSample
  private var draw: [UInt32]

  /// - Returns: `nil` for fewer than `Bootstrap.fewestForMedian` rounds, and for a value that is not finite and above 0.
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
  /// The interval of a statistic.
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

  /// The interval of the ratio of two statistics whose samples were taken apart.
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
