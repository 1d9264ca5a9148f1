import Records
import Statistics

/// The runs of one side of a comparison, at least one, all of the same work on the same machine.
struct ComparedSide {
  /// The runs.
  let runs: [MeasuredRun]
  /// The factor of the intervals of times if the machine changed during a lone run (`RunDrift.widening`).
  let widening: Double

  /// Whether both sides are one run each, tried in the same rounds.
  let sharesRounds: Bool

  /// Makes a side; `nil` if it has no run.
  init?(_ runs: [MeasuredRun], sharesRounds: Bool = false) {
    if runs.isEmpty { return nil }
    self.runs = runs
    self.sharesRounds = sharesRounds
    widening = runs.count == 1 && !sharesRounds ? runs[0].widening : 1
  }

  /// The first run; the others repeat it.
  var first: MeasuredRun { runs[0] }

  /// Returns the configuration with the same work, model and schedule in every run; `nil` if a run lacks it, or has no
  /// undisturbed trial of it.
  func counterpart(of configuration: Configuration) -> ComparedConfiguration? {
    found { $0.counterpart(of: configuration) }
  }

  /// Returns what every run has and has measured undisturbed; `nil` if a run lacks it.
  fileprivate func found(_ find: (MeasuredRun) -> MeasuredConfiguration?) -> ComparedConfiguration? {
    let measured = runs.compactMap(find).filter { !$0.isDisturbed }
    return measured.count == runs.count ? ComparedConfiguration(measured, in: self) : nil
  }
}

/// A configuration on one side of a comparison.
struct ComparedConfiguration {
  /// The configuration in each run.
  private let measured: [MeasuredConfiguration]
  private let side: ComparedSide

  fileprivate init(_ measured: [MeasuredConfiguration], in side: ComparedSide) {
    (self.measured, self.side) = (measured, side)
  }

  var configuration: Configuration { measured[0].configuration }

  /// Whether the times of this and the other side's configuration can be compared (`hasComparableAmount`).
  func isComparable(with other: ComparedConfiguration) -> Bool {
    measured[0].hasComparableAmount(to: other.measured[0])
  }

  /// The number of machines that it ran on.
  var hosts: Int { measured.map(\.hosts).max() ?? 1 }

  /// The configuration that its speedup is over (`MeasuredRun.reference(for:)`) in every run; `nil` if a run lacks it.
  var reference: ComparedConfiguration? { side.found { $0.reference(for: configuration) } }

  /// The times of the same work in each run.
  var times: ComparedValues {
    values(of: \.workTime, widening: side.widening)
  }

  /// The core utilizations of each run.
  var utilizations: ComparedValues { values(of: \.utilization) }

  /// Returns the energies for the same work in each run, of a part of the machine.
  func energies(of part: (Activity.Energy) -> UInt64?) -> ComparedValues {
    values { $0.energyPerWork(of: part) }
  }

  /// The efficiencies in the rounds of each run: T_single / (p · T). For a command, T_single is its own with one worker. `nil` if a
  /// run lacks it.
  var efficiencies: ComparedValues? {
    guard let reference else { return nil }
    return ComparedValues(
      zip(measured, reference.measured).map { own, reference in
        own.paired(with: reference).compactMap { trial, other in
          trial.workTime.flatMap { time in
            other.workTime.map { (trial.round, $0 / (Double(max(1, configuration.workers)) * time)) }
          }
        }
      }, sharesRounds: side.sharesRounds)
  }

  /// Returns the values of a statistic in the trials of each run.
  private func values(
    of statistic: (MeasuredTrial) -> Double?, widening: Double = 1
  ) -> ComparedValues {
    ComparedValues(
      measured.map { run in run.trials.compactMap { trial in statistic(trial).map { (trial.round, $0) } } },
      widening: widening, sharesRounds: side.sharesRounds)
  }
}

/// The values of a quantity on one side of a comparison, by run.
struct ComparedValues {
  /// The values of each run.
  private let runs: [[Double]]
  /// The factor of the standard error of a lone run.
  private let widening: Double
  /// The values by round of a run that shares its rounds with the other side's; otherwise `nil`.
  private let byRound: [Int: Double]?

  init(_ runs: [[(round: Int, value: Double)]], widening: Double = 1, sharesRounds: Bool = false) {
    self.runs = runs.map { $0.map(\.value) }
    self.widening = widening
    byRound =
      sharesRounds
      ? Dictionary(runs.joined().map { ($0.round, $0.value) }, uniquingKeysWith: { first, _ in first }) : nil
  }

  /// Returns the ratio to the values of the other side; `nil` if a run of either has no value, or a median that is not
  /// above 0.
  func over(_ other: ComparedValues) -> ComparedRatio? {
    if let byRound, let others = other.byRound {
      // What disturbs a round cancels in its ratio.
      let ratios = byRound.compactMap { round, value in others[round].map { value / $0 } }
        .filter { $0.isFinite && $0 > 0 }
      let comparison = MedianComparison(ofPairs: ratios)
      return (comparison?.estimate.value ?? median(ratios)).map {
        ComparedRatio(value: $0, comparison: comparison)
      }
    }
    if let comparison = MedianComparison(runs, over: other.runs, widening: (widening, other.widening)) {
      return ComparedRatio(value: comparison.estimate.value, comparison: comparison)
    }
    guard let above = geometricMean, let below = other.geometricMean else { return nil }
    return ComparedRatio(value: above / below, comparison: nil)
  }

  /// The geometric mean of the medians of the runs; `nil` if one of them is undefined or not above 0.
  var geometricMean: Double? { Statistics.geometricMean(runs.map { median($0) ?? .nan }) }
}

/// The ratio of a quantity on two sides.
struct ComparedRatio {
  let value: Double
  /// The test and the interval; `nil` for too few trials.
  let comparison: MedianComparison?

  /// The ratio for the record.
  var record: ComparisonRecord.Ratio {
    .init(value: value, lower: comparison?.interval.lower, upper: comparison?.interval.upper)
  }
}
