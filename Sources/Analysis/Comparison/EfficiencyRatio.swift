import Records
import Statistics

/// The efficiency of a configuration in one run over that in another: E = T_single / (p · T) in each, with times that
/// are paired by round with those of `single`.
struct EfficiencyRatio {
  /// The ratio.
  let ratio: ComparisonRecord.Ratio

  /// - Returns: `nil` if `single` was not measured in both runs.
  init?(
    _ one: MeasuredConfiguration, _ two: MeasuredConfiguration, _ baseline: MeasuredRun, _ other: MeasuredRun
  ) {
    guard let oneSingle = baseline.single(for: one.configuration),
      let twoSingle = other.single(for: two.configuration),
      let oneSpeedup = one.workSpeedup(over: oneSingle), let twoSpeedup = two.workSpeedup(over: twoSingle),
      let below = one.workTimes(pairedWith: oneSingle), let above = two.workTimes(pairedWith: twoSingle)
    else { return nil }
    let workers = Double(one.configuration.workers) / Double(max(1, two.configuration.workers))
    let interval = Bootstrap().intervalOfRatio(above, over: below)?.scaled(by: workers)
    ratio = .init(
      value: twoSpeedup / oneSpeedup * workers, lower: interval?.lower, upper: interval?.upper)
  }
}

extension MeasuredConfiguration {
  /// The median time of the same work over that of another configuration; `nil` if one of them did none.
  func workSpeedup(over other: MeasuredConfiguration) -> Double? {
    guard let time = median(of: \.workTime), let otherTime = other.median(of: \.workTime) else { return nil }
    return otherTime / time
  }

  /// The times of the same work by another configuration of the same run, and by this one, in the same rounds.
  fileprivate func workTimes(pairedWith other: MeasuredConfiguration) -> PairedSample? {
    let times = paired(with: other).compactMap { trial, other in
      trial.workTime.flatMap { time in other.workTime.map { (other: $0, own: time) } }
    }
    return PairedSample(times.map(\.other), times.map(\.own))
  }
}
