import Statistics

/// The change of the machine's speed from round to round.
///
/// The time of each trial, or its time per operation for a workload of fixed time, is divided by the median of its
/// configuration; the median of these ratios over all configurations is the slowness of a round. Two tests of the rounds
/// look for a change: that of Mann and Kendall for a trend, whose slope is the Theil–Sen estimate (see `Trend`), and that
/// of von Neumann for neighbours that are alike, as in waves or in a slow spell (see `SerialDependence`). Rounds without a
/// measured trial are skipped.
public struct RunDrift: Equatable, Sendable {
  /// The change in time from the first round to the last along the slope, as a fraction of a typical round; negative if
  /// the machine got faster.
  public let change: Double
  /// The probability of so clear a trend on a machine without one.
  public let pValue: Double
  /// The number of rounds.
  public let rounds: Int
  /// The likeness of neighbouring rounds; `nil` for fewer than `SerialDependence.fewest` rounds.
  public let dependence: SerialDependence?

  /// Whether the trend is significant. Chance shows a trend or a dependence in at most 5 % of runs of a steady machine.
  public var isShown: Bool { pValue < 0.025 }

  /// Whether neighbouring rounds are significantly alike.
  public var isDependent: Bool { (dependence?.pValue ?? 1) < 0.025 }

  /// The factor by which intervals of absolute times are wider than those of independent rounds: 1 unless a trend or a
  /// dependence shows. Speedups need none, because what rounds share cancels in them.
  public var widening: Double { isShown || isDependent ? dependence?.widening ?? 1 : 1 }

  /// Makes the drift of a run; `nil` for fewer than `Trend.fewest` rounds.
  init?(_ run: MeasuredRun) {
    var slowness: [Int: [Double]] = [:]
    for measured in run.configurations where !measured.isDisturbed {
      guard let middle = measured.median(of: \.workTime) else { continue }
      for trial in measured.trials {
        if let time = trial.workTime { slowness[trial.round, default: []].append(time / middle) }
      }
    }
    let series = slowness.sorted { $0.key < $1.key }.compactMap { median($0.value) }
    guard let trend = Trend(series) else { return nil }
    change = trend.slope * Double(series.count - 1)
    pValue = trend.pValue
    rounds = series.count
    dependence = SerialDependence(series)
  }
}
