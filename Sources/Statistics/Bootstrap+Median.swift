extension Bootstrap {
  /// The minimum number of values for the interval of a median. The median lies between the least and the
  /// greatest of n values with a probability of 1 − 2^(1−n): 87.5 % for 4 and 93.8 % for 5. Resampling cannot
  /// improve on that.
  public static let fewestForMedian = 5

  /// Returns the interval of the median.
  ///
  /// - Returns: `nil` if there are fewer than `fewestForMedian` values, if one is not finite, or, for BCa, if
  ///   the corrections are undefined.
  public func intervalOfMedian(_ sample: [Double]) -> Interval? {
    MedianResampling(sample).flatMap { interval(of: $0) }
  }

  /// Returns the precision of a median: half of its interval over the median.
  ///
  /// - Returns: `nil` if there is no interval, or if the median is not above 0.
  public func precisionOfMedian(_ sample: [Double]) -> Double? {
    guard let middle = median(sample), middle > 0, let interval = intervalOfMedian(sample) else { return nil }
    return (interval.upper - interval.lower) / 2 / middle
  }

  /// Returns the interval of the ratio of two medians of independent samples, such as those of two runs.
  ///
  /// - Returns: `nil` if either median has no interval, or if a value is not above 0.
  public func intervalOfRatio(_ numerator: [Double], over denominator: [Double]) -> Interval? {
    guard let above = MedianResampling(numerator), let below = MedianResampling(denominator), above.least > 0,
      below.least > 0
    else { return nil }
    return interval(of: above, over: below)
  }

  /// Returns the interval of the ratio of two medians whose samples were taken in rounds, one value of each
  /// per round. Whole rounds are resampled, so that disturbances common to both values of a round cancel. For
  /// the times of one worker over the times of several, it is the interval of a speedup.
  ///
  /// - Parameters:
  ///   - numerator: One value per round.
  ///   - denominator: The values of the same rounds.
  /// - Returns: `nil` if either median has no interval, if a value is not above 0, or if the samples differ
  ///   in size.
  public func intervalOfPairedRatio(_ numerator: [Double], over denominator: [Double]) -> Interval? {
    PairedSample(numerator, denominator).flatMap { PairedRatioResampling($0) }.flatMap { interval(of: $0) }
  }
}
