import Records
import Statistics

/// The ratio of a configuration's efficiencies in two runs.
///
/// The efficiency is E = T_single / (p · T), with times paired by round with those of `single`.
struct EfficiencyRatio {
  /// The ratio.
  let ratio: ComparisonRecord.Ratio

  /// Makes the efficiency of `two` over that of `one`.
  ///
  /// - Returns: `nil` unless `single` was measured in both runs.
  init?(
    _ one: MeasuredConfiguration, _ two: MeasuredConfiguration, _ baseline: ReferencedRun,
    _ other: ReferencedRun
  ) {
    guard let oneSingle = baseline.measured.single(for: one.configuration),
      let twoSingle = other.measured.single(for: two.configuration),
      let oneSpeedup = baseline.speedup(of: one), let twoSpeedup = other.speedup(of: two),
      let below = one.workTimes(pairedWith: oneSingle), let above = two.workTimes(pairedWith: twoSingle)
    else { return nil }
    let workers = Double(one.configuration.workers) / Double(max(1, two.configuration.workers))
    let interval = Bootstrap().intervalOfRatio(above, over: below)?.scaled(by: workers)
    ratio = .init(
      value: twoSpeedup / oneSpeedup * workers, lower: interval?.lower, upper: interval?.upper)
  }
}

extension MeasuredConfiguration {
  /// Returns the times of the same work by another configuration of the run and by this one, paired by round.
  fileprivate func workTimes(pairedWith other: MeasuredConfiguration) -> PairedSample? {
    let times = paired(with: other).compactMap { trial, other in
      trial.workTime.flatMap { time in other.workTime.map { (other: $0, own: time) } }
    }
    return PairedSample(times.map(\.other), times.map(\.own))
  }
}
