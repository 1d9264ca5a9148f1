/// Confidence intervals of statistics by resampling (Efron, "Bootstrap Methods: Another Look at the
/// Jackknife", Annals of Statistics 7 (1979)). The same sample always gives the same interval.
public struct Bootstrap: Sendable {
  /// The method that derives an interval from the statistics of the resamples.
  public enum Method: Sendable {
    /// The interval between their quantiles (Efron, "Nonparametric Standard Errors and Confidence Intervals",
    /// Canadian Journal of Statistics 9 (1981)).
    case percentile
    /// The interval between their quantiles, corrected for bias and for a variance that changes with the
    /// statistic (Efron, "Better Bootstrap Confidence Intervals", JASA 82 (1987); DiCiccio and Efron,
    /// "Bootstrap Confidence Intervals", Statistical Science 11 (1996)).
    case bca
  }

  /// The method.
  public let method: Method
  /// The confidence level.
  public let level: Double
  /// The number of resamples.
  public let resamples: Int
  /// Whether the interval is widened for small samples, by as much as Student's interval of a mean is wider
  /// than that of a bootstrap. For 20 values of normal data, the interval of the mean then covers the true
  /// value in 95 % of all samples; without widening, in 92 or 93 % (the expanded percentile interval of
  /// Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69 (2015)).
  public let widensForSmallSamples: Bool

  let seed: UInt64

  /// Creates a bootstrap; the defaults are those of the reports.
  ///
  /// - Parameters:
  ///   - level: The confidence level, from 0.5 to 0.9999.
  ///   - resamples: The number of resamples, 100 or more; the error of the bounds falls with its square root.
  ///   - seed: The seed of the random numbers.
  public init(
    _ method: Method = .percentile, level: Double = 0.95, resamples: Int = 2000,
    widensForSmallSamples: Bool = true, seed: UInt64 = 1
  ) {
    self.method = method
    self.level = min(max(level, 0.5), 0.9999)
    self.resamples = max(100, resamples)
    self.widensForSmallSamples = widensForSmallSamples
    self.seed = seed
  }

  /// Returns the interval of any statistic.
  ///
  /// - Returns: `nil` if there are fewer than two values, if the statistic of the sample is not finite, or,
  ///   for BCa, if the corrections are undefined.
  public func interval(of sample: [Double], _ statistic: ([Double]) -> Double) -> Interval? {
    guard sample.count > 1 else { return nil }
    var generator = SplitMix64(seed: seed)
    var draw = [UInt32](repeating: 0, count: sample.count)
    var resample = sample
    let replicates = (0..<resamples).map { _ in
      generator.draw(into: &draw)
      for place in draw.indices { resample[place] = sample[Int(draw[place])] }
      return statistic(resample)
    }
    return interval(
      Resampled(
        estimate: statistic(sample), replicates: replicates,
        jackknife: method == .bca ? [jackknife(sample, statistic)] : [], least: sample.count,
        degreesOfFreedom: sample.count - 1))
  }

  private func jackknife(_ sample: [Double], _ statistic: ([Double]) -> Double) -> [Double] {
    sample.indices.map { position in
      var rest = sample
      rest.remove(at: position)
      return statistic(rest)
    }
  }
}

/// The statistics of a sample and of its resamples, from which an interval is derived.
struct Resampled {
  /// The statistic of the sample.
  let estimate: Double
  /// The statistics of the resamples.
  let replicates: [Double]
  /// The statistics with each value left out, one list per sample; used only by BCa.
  let jackknife: [[Double]]
  /// The size of the smallest sample.
  let least: Int
  /// The number of values in all samples, minus one per sample.
  let degreesOfFreedom: Int
}
