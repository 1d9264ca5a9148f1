/// A comparison of a quantity on two sides, each measured in one run or in several.
///
/// With one run a side, the quantity is the ratio of two medians, and its interval covers what varies within these runs
/// only. With several on either side, the runs are the sample: see `MedianEstimate.init(ratioOfRuns:over:)`.
public struct MedianComparison: Equatable, Sendable {
  /// The ratio, and how exact it is.
  public let estimate: MedianEstimate
  /// The 95 % interval of the ratio.
  public let interval: Interval

  /// Compares independent samples.
  ///
  /// - Parameters:
  ///   - samples: The values of each run of the numerator.
  ///   - others: The values of each run of the denominator.
  ///   - widening: The factors of the standard errors of the two sides, used only for one run a side.
  /// - Returns: `nil` if a value is not finite and above 0, or if there are too few: without several runs on a side,
  ///   each needs `MedianInterval.fewest`.
  public init?(_ samples: [[Double]], over others: [[Double]], widening: (Double, Double) = (1, 1)) {
    guard let estimate = Self.estimate(samples, others, widening),
      let interval = estimate.interval(level: 0.95)
    else { return nil }
    (self.estimate, self.interval) = (estimate, interval)
  }

  /// Compares paired samples.
  ///
  /// - Parameter ratios: The ratio of each pair.
  /// - Returns: `nil` if a ratio is not finite and above 0, or for fewer than `MedianInterval.fewest`.
  public init?(ofPairs ratios: [Double]) {
    guard let estimate = MedianEstimate(ratios), let interval = estimate.interval(level: 0.95) else {
      return nil
    }
    (self.estimate, self.interval) = (estimate, interval)
  }

  private static func estimate(
    _ samples: [[Double]], _ others: [[Double]], _ widening: (Double, Double)
  ) -> MedianEstimate? {
    if samples.count == 1, others.count == 1 {
      guard let above = MedianEstimate(samples[0], widening: widening.0),
        let below = MedianEstimate(others[0], widening: widening.1)
      else { return nil }
      return above.over(below)
    }
    let medians = [samples, others].map { $0.map { median($0) ?? .nan } }
    return MedianEstimate(ratioOfRuns: medians[0], over: medians[1])
  }
}
