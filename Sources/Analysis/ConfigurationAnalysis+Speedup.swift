import Records
import Statistics

extension ConfigurationAnalysis {
  /// The speedup divided by the number of workers.
  public var efficiency: Double? { speedup.map { $0 / Double(configuration.workers) } }

  /// The 95 % interval of the efficiency.
  public var efficiencyInterval: Interval? {
    speedupInterval.map { $0.scaled(by: 1 / Double(configuration.workers)) }
  }

  /// The serial fraction that would explain the speedup; `nil` for one worker.
  public var serialFraction: Double? { speedup.flatMap(serialFraction) }

  /// The 95 % interval of the serial fraction, from that of the speedup: the fraction falls as the speedup grows.
  public var serialFractionInterval: Interval? {
    guard let speedupInterval, let least = serialFraction(of: speedupInterval.upper),
      let most = serialFraction(of: speedupInterval.lower)
    else { return nil }
    return Interval(least, most)
  }

  private func serialFraction(of speedup: Double) -> Double? {
    Analysis.serialFraction(speedup: speedup, workers: configuration.workers)
  }

  /// Returns the row with its speedups over the rows of `single`, and its losses: S(p) is the median over the rounds of
  /// T_single / T(p), with T_single of the same kernel, and again with that of the scalar kernel.
  ///
  /// - Parameter singles: The first row of `single` by kernel.
  func compared(with singles: [String: ConfigurationAnalysis]) -> ConfigurationAnalysis {
    var row = self
    row.overScalar = singles["scalar"].flatMap {
      Statistics.median(Array(measured.speedups(over: $0.measured).values))
    }
    guard let single = singles[configuration.kernel]?.measured else { return row }
    row.speedups = measured.speedups(over: single)
    let speedups = Array(row.speedups.values)
    row.speedup = Statistics.median(speedups)
    if configuration != single.configuration { row.speedupInterval = MedianInterval(speedups)?.interval }
    if configuration.workers > 1, measured.hasProportionalWork(to: single) {
      row.losses = LossAttribution(measured.paired(with: single))
    }
    return row
  }
}
