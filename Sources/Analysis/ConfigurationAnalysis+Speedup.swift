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

  /// Sets the speedups and losses that follow from the rows of `single`: S(p) = T_single / T(p), with T_single of the
  /// same kernel, and the same over the scalar kernel's.
  func compared(with singles: [ConfigurationAnalysis]) -> ConfigurationAnalysis {
    var row = self
    row.overScalar = singles.first { $0.configuration.kernel == "scalar" }.flatMap {
      measured.speedup(over: $0.measured)
    }
    guard let single = singles.first(where: { $0.configuration.kernel == configuration.kernel })?.measured
    else { return row }
    row.speedup = measured.speedup(over: single)
    if configuration != single.configuration {
      row.speedupInterval = measured.intervalOfSpeedup(over: single)
    }
    if configuration.workers > 1, measured.hasSameAmount(as: single) {
      row.losses = LossAttribution(measured.paired(with: single))
    }
    return row
  }
}
