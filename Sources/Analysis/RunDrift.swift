import Statistics

/// The trend of the machine's speed from round to round.
///
/// The time of each trial, or its time per operation for a workload of fixed time, is divided by the median of its
/// configuration; the median of these ratios over all configurations is the slowness of a round. The rounds are tested
/// for a trend with the Mann–Kendall test, and its slope is the Theil–Sen estimate (see `Trend`). Rounds without a
/// measured trial are skipped.
public struct RunDrift: Equatable, Sendable {
  /// The change in time from the first round to the last along the slope, as a fraction of a typical round; negative if
  /// the machine got faster.
  public let change: Double
  /// The probability of so clear a trend on a machine without one.
  public let pValue: Double
  /// The number of rounds.
  public let rounds: Int

  /// Whether the trend is significant: chance shows one in at most 5 % of runs without a trend.
  public var isShown: Bool { pValue < 0.05 }

  /// Makes the drift of a run; `nil` for fewer than `Trend.fewest` rounds.
  init?(_ run: MeasuredRun) {
    var slowness: [Int: [Double]] = [:]
    for measured in run.configurations {
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
  }
}
