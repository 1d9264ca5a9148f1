/// A comparison of the medians of two samples.
///
/// The interval is that of `Bootstrap.intervalOfRatio` with the percentile method, widened for small samples.
/// It was chosen on simulated samples of 5 to 31 values (normal, exponential, and with outliers): of
/// percentile and BCa intervals, widened and not, only the two widened ones kept the false alarms at 3 % or
/// less with few trials, and the percentile method needs no corrections that may be undefined. It costs
/// little power: for 15 trials with a noise of 2 %, a difference of 5 % is detected in more than 99 % of all
/// comparisons. A rank test would be as good, but gives no interval for the reported ratio.
public struct MedianComparison: Equatable, Sendable {
  /// The ratio of the medians.
  public let ratio: Double
  /// The 95 % interval of the ratio.
  public let interval: Interval

  /// Whether the interval excludes 1. For equal medians this happens by chance in at most 5 % of comparisons.
  public var isDifferent: Bool { !interval.contains(1) }

  /// Compares two independent samples, such as those of two runs.
  ///
  /// - Parameter bootstrap: The bootstrap that computes the interval; only tests pass another one.
  /// - Returns: `nil` if one of them has fewer than `Bootstrap.fewestForMedian` values, or a value that is
  ///   not positive and finite.
  public init?(_ sample: [Double], over other: [Double], _ bootstrap: Bootstrap = Bootstrap()) {
    guard let interval = bootstrap.intervalOfRatio(sample, over: other), let above = median(sample),
      let below = median(other)
    else { return nil }
    ratio = above / below
    self.interval = interval
  }
}
