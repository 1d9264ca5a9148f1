import Records
import Statistics

/// The runs of one side of a comparison, at least one, all of the same work on the same machine.
struct ComparedSide {
  /// The runs.
  let runs: [MeasuredRun]
  /// The factor of the intervals of times if the machine changed during a lone run (`RunDrift.widening`).
  let widening: Double

  /// Makes a side; `nil` if it has no run.
  init?(_ records: [RunRecord]) {
    if records.isEmpty { return nil }
    runs = records.map { MeasuredRun($0) }
    widening = runs.count == 1 ? RunDrift(runs[0])?.widening ?? 1 : 1
  }

  /// The first run; the others repeat it.
  var first: MeasuredRun { runs[0] }

  /// Returns the configuration with the same work, model and schedule in every run; `nil` if a run lacks it.
  func counterpart(of configuration: Configuration) -> ComparedConfiguration? {
    let measured = runs.compactMap { $0.counterpart(of: configuration) }
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

  /// The number of machines that it ran on.
  var hosts: Int { measured.map(\.hosts).max() ?? 1 }

  /// The configuration of `single` with the same work and kernel in every run; `nil` if a run lacks it.
  var single: ComparedConfiguration? {
    let singles = side.runs.compactMap { $0.single(for: configuration) }
    return singles.count == side.runs.count ? ComparedConfiguration(singles, in: side) : nil
  }

  /// The times of the same work in each run.
  var times: ComparedValues {
    ComparedValues(measured.map { $0.trials.compactMap(\.workTime) }, widening: side.widening)
  }

  /// The core utilizations of each run.
  var utilizations: ComparedValues { ComparedValues(measured.map { $0.trials.compactMap(\.utilization) }) }

  /// The efficiencies in the rounds of each run: T_single / (p · T). `nil` if a run lacks `single`.
  var efficiencies: ComparedValues? {
    guard let single else { return nil }
    return ComparedValues(
      zip(measured, single.measured).map { own, single in
        own.paired(with: single).compactMap { trial, other in
          trial.workTime.flatMap { time in
            other.workTime.map { $0 / (Double(max(1, configuration.workers)) * time) }
          }
        }
      })
  }
}

/// The values of a quantity on one side of a comparison, by run.
struct ComparedValues {
  let runs: [[Double]]
  /// The factor of the standard error of a lone run.
  let widening: Double

  init(_ runs: [[Double]], widening: Double = 1) {
    (self.runs, self.widening) = (runs, widening)
  }

  /// Returns the ratio to the values of the other side; `nil` if a run of either has no value, or a median that is not
  /// above 0.
  func over(_ other: ComparedValues) -> ComparedRatio? {
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
