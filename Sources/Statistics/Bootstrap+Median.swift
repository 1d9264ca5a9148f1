extension Bootstrap {
  /// The fewest values from which the interval of a median is told. Between the least and the greatest of n values
  /// the median lies with a probability of 1 − 2^(1−n): 87.5 % for 4 and 93.8 % for 5, and no resample tells more.
  public static let fewestForMedian = 5

  /// The interval of the median.
  ///
  /// - Returns: `nil` for fewer than `fewestForMedian` values, for one that is not a finite number, and, for BCa, where
  ///   the corrections are not defined.
  public func intervalOfMedian(_ sample: [Double]) -> Interval? {
    MedianResampling(sample).flatMap { interval(of: $0) }
  }

  /// How well a median is known: half of its interval over the median itself.
  ///
  /// - Returns: `nil` where there is no interval, and for a median that is not above 0.
  public func precisionOfMedian(_ sample: [Double]) -> Double? {
    guard let middle = median(sample), middle > 0, let interval = intervalOfMedian(sample) else { return nil }
    return (interval.upper - interval.lower) / 2 / middle
  }

  /// The interval of the ratio of two medians whose samples were taken apart, such as those of two runs.
  ///
  /// - Returns: `nil` where either median has no interval, and for a value under or at 0.
  public func intervalOfRatio(_ numerator: [Double], over denominator: [Double]) -> Interval? {
    guard let above = MedianResampling(numerator), let below = MedianResampling(denominator), above.least > 0,
      below.least > 0
    else { return nil }
    return interval(of: above, over: below)
  }

  /// The interval of the ratio of two medians whose samples were taken in rounds, one value of each a round: rounds
  /// are drawn, so that what disturbed both values of one cancels. With times of one worker over times of several it
  /// is the interval of a speedup.
  ///
  /// - Parameters:
  ///   - numerator: A value a round.
  ///   - denominator: The values of the same rounds.
  /// - Returns: `nil` where either median has no interval, for a value under or at 0, and for lists of different
  ///   lengths.
  public func intervalOfPairedRatio(_ numerator: [Double], over denominator: [Double]) -> Interval? {
    PairedSample(numerator, denominator).flatMap { PairedRatioResampling($0) }.flatMap { interval(of: $0) }
  }
}
