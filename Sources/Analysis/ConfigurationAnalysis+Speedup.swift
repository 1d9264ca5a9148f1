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

  /// Returns the row with its speedups, and its losses: S(p) is the median over the rounds of T_single / T(p), with T_single of
  /// the same kernel, and again with that of the scalar kernel. For a command, T_single is its own time with one worker.
  ///
  /// - Parameter references: The first row of each that speedups are over, by `Configuration.referenceName`.
  func compared(with references: [String: ConfigurationAnalysis]) -> ConfigurationAnalysis {
    var row = self
    if configuration.command == nil {
      row.overScalar = references["scalar"].flatMap {
        Statistics.median(Array(measured.speedups(over: $0.measured).values))
      }
    }
    guard let single = references[configuration.referenceName]?.measured else { return row }
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
