import Statistics

/// Whether the machine got slower or faster from round to round.
///
/// Each trial's time, or its time an operation for a workload of fixed time, is taken over the median of its
/// configuration; the median of these over all configurations is how slow a round was. The rounds are tested for a trend
/// by Mann and Kendall's test, and its slope is Theil and Sen's (see `Trend`). Rounds in which no trial counts are
/// passed over.
public struct RunDrift: Equatable, Sendable {
  /// By how much more time the last round took than the first, by the slope, in parts of the typical round; negative
  /// where the machine got faster.
  public let change: Double
  /// The probability of a trend as clear as this on a machine that has none.
  public let pValue: Double
  /// The rounds.
  public let rounds: Int

  /// Whether a trend is shown, which happens by chance in at most 5 % of runs without one.
  public var isShown: Bool { pValue < 0.05 }

  /// The drift of a run; `nil` for fewer than `Trend.fewest` rounds.
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
