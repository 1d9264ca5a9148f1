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
    guard let above = PairedRatioResampling(numerator), let below = PairedRatioResampling(denominator) else {
      return nil
    }
    return interval(of: above, over: below)
  }
}
