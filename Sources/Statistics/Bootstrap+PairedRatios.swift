/// Two values a round, such as the times of one worker and of several on one machine.
public struct PairedSample: Equatable, Sendable {
  /// The first value of every round.
  public let first: [Double]
  /// The second value of every round.
  public let second: [Double]

  /// Pairs two samples.
  ///
  /// - Returns: `nil` for lists of different lengths.
  public init?(_ first: [Double], _ second: [Double]) {
    guard first.count == second.count else { return nil }
    (self.first, self.second) = (first, second)
  }
}

extension Bootstrap {
  /// The interval of a ratio of ratios: the medians' ratio in one paired sample, first over second, over that in
  /// another that was taken apart. The rounds of each are drawn. With times of one worker and of several on two
  /// machines it is the interval of the ratio of their speedups.
  ///
  /// - Returns: `nil` where a median has no interval, and for a value under or at 0.
  public func intervalOfRatio(_ numerator: PairedSample, over denominator: PairedSample) -> Interval? {
    guard var above = PairedMedians(numerator), var below = PairedMedians(denominator) else { return nil }
    var generator = SplitMix64(seed: seed)
    let replicates = (0..<resamples).map { _ in
      above.resampledRatio(&generator) / below.resampledRatio(&generator)
    }
    let (top, bottom) = (above.ratio, below.ratio)
    return interval(
      Resampled(
        estimate: top / bottom, replicates: replicates,
        jackknife: method == .bca
          ? [above.jackknifeRatios.map { $0 / bottom }, below.jackknifeRatios.map { top / $0 }] : [],
        least: min(above.count, below.count), degreesOfFreedom: above.count + below.count - 2))
  }
}

/// The medians of a paired sample, whose ratio is quickly told of any resample of the rounds.
private struct PairedMedians {
  private var first: SortedSample
  private var second: SortedSample
  private var draw: [UInt32]

  /// - Returns: `nil` for too few rounds, and for a value that is not finite and above 0.
  init?(_ sample: PairedSample) {
    guard sample.first.count >= Bootstrap.fewestForMedian, let first = SortedSample(sample.first),
      let second = SortedSample(sample.second), first.values[0] > 0, second.values[0] > 0
    else { return nil }
    (self.first, self.second) = (first, second)
    draw = [UInt32](repeating: 0, count: first.count)
  }

  var count: Int { first.count }
  var ratio: Double { first.median / second.median }
  var jackknifeRatios: [Double] { zip(first.jackknifeMedians, second.jackknifeMedians).map { $0 / $1 } }

  mutating func resampledRatio(_ generator: inout SplitMix64) -> Double {
    generator.draw(into: &draw)
    return first.median(of: draw) / second.median(of: draw)
  }
}
