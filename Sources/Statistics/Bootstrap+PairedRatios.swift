/// Two values per round, such as the times of one worker and of several on one machine.
public struct PairedSample: Equatable, Sendable {
  /// The first value of every round.
  public let first: [Double]
  /// The second value of every round.
  public let second: [Double]

  /// Creates a paired sample.
  ///
  /// - Returns: `nil` if the samples differ in size.
  public init?(_ first: [Double], _ second: [Double]) {
    guard first.count == second.count else { return nil }
    (self.first, self.second) = (first, second)
  }
}

extension Bootstrap {
  /// Returns the interval of a ratio of ratios: the ratio of the medians of one paired sample, first over
  /// second, over that of another, independent one. The rounds of each are resampled. For the times of one
  /// worker and of several on two machines, it is the interval of the ratio of their speedups.
  ///
  /// - Returns: `nil` if a median has no interval, or if a value is not above 0.
  public func intervalOfRatio(_ numerator: PairedSample, over denominator: PairedSample) -> Interval? {
    guard let above = PairedRatioResampling(numerator), let below = PairedRatioResampling(denominator) else {
      return nil
    }
    return interval(of: above, over: below)
  }
}
