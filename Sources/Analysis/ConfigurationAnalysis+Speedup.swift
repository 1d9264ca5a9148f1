import Records
import Statistics

extension ConfigurationAnalysis {
  /// Speedup over workers.
  public var efficiency: Double? { speedup.map { $0 / Double(configuration.workers) } }

  /// The 95 % interval of the efficiency.
  public var efficiencyInterval: Interval? {
    speedupInterval.map { $0.scaled(by: 1 / Double(configuration.workers)) }
  }

  /// The serial fraction that the speedup points to; `nil` for one worker.
  public var serialFraction: Double? { speedup.flatMap(serialFraction) }

  /// The 95 % interval of the serial fraction: that of the speedup, of which it is a function that only falls.
  public var serialFractionInterval: Interval? {
    guard let speedupInterval, let least = serialFraction(of: speedupInterval.upper),
      let most = serialFraction(of: speedupInterval.lower)
    else { return nil }
    return Interval(least, most)
  }

  private func serialFraction(of speedup: Double) -> Double? {
    Analysis.serialFraction(speedup: speedup, workers: configuration.workers)
  }

  /// Sets what follows from the rows of `single`: S(p) = T_single / T(p), where T_single is of the same kernel; the same
  /// over the scalar kernel's; and the losses.
  func compared(with singles: [ConfigurationAnalysis]) -> ConfigurationAnalysis {
    var row = self
    row.overScalar = singles.first { $0.configuration.kernel == "scalar" }.flatMap(speedup(over:))
    guard let single = singles.first(where: { $0.configuration.kernel == configuration.kernel }) else {
      return row
    }
    row.speedup = speedup(over: single)
    if configuration != single.configuration { row.speedupInterval = intervalOfSpeedup(over: single) }
    row.losses = losses(beyond: single)
    return row
  }

  /// The 95 % interval of how many times faster this is than another configuration, from trials of the same rounds.
  /// `nil` for too few of them.
  func intervalOfSpeedup(over other: ConfigurationAnalysis) -> Interval? {
    let pairs = paired(with: other)
    if hasSameAmount(as: other) {
      return Bootstrap().intervalOfPairedRatio(pairs.map(\.other.time), over: pairs.map(\.trial.time))
    }
    let rates = pairs.compactMap { trial, other in
      trial.rate.flatMap { rate in other.rate.map { (rate, $0) } }
    }
    return Bootstrap().intervalOfPairedRatio(rates.map(\.0), over: rates.map(\.1))
  }

  /// The ratio of the median times for the same amount of work, of the median rates for another amount, or for a fixed
  /// time; `nil` where there is none.
  private func speedup(over other: ConfigurationAnalysis) -> Double? {
    if hasSameAmount(as: other) {
      return region.median > 0 ? other.region.median / region.median : nil
    }
    return other.rate.median > 0 ? rate.median / other.rate.median : nil
  }

  /// Where the core-time went beyond that of `single`, which must have had the same amount of work.
  private func losses(beyond single: ConfigurationAnalysis) -> LossAttribution? {
    guard hasSameAmount(as: single), configuration.workers > 1 else { return nil }
    return LossAttribution(paired(with: single).map { ($0.trial.report, $0.other.report) })
  }

  private func hasSameAmount(as other: ConfigurationAnalysis) -> Bool {
    configuration.upTo != nil && configuration.upTo == other.configuration.upTo
  }

  /// The trials of the rounds in which both configurations have one that counts.
  private func paired(with other: ConfigurationAnalysis) -> [(trial: CountedTrial, other: CountedTrial)] {
    let others = other.counted.byRound
    return counted.byRound.sorted { $0.key < $1.key }.compactMap { round, trial in
      others[round].map { (trial, $0) }
    }
  }
}

extension [CountedTrial] {
  /// The first trial of every round.
  fileprivate var byRound: [Int: CountedTrial] {
    Dictionary(map { ($0.round, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
