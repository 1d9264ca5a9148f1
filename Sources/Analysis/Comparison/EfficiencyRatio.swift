import Records
import Statistics

/// The efficiency of a configuration in one run over that in another: E = T_single / (p · T) in each, with times that
/// are paired by round with those of `single`.
struct EfficiencyRatio {
  /// The ratio.
  let estimate: ComparisonRecord.Estimate

  /// - Returns: `nil` where a run has no `single` to tell efficiencies by.
  init?(
    _ one: MeasuredConfiguration, _ two: MeasuredConfiguration, _ baseline: MeasuredRun, _ other: MeasuredRun
  ) {
    guard let oneSingle = baseline.single(for: one.configuration),
      let twoSingle = other.single(for: two.configuration), let below = one.paired(with: oneSingle),
      let above = two.paired(with: twoSingle)
    else { return nil }
    let workers = Double(one.configuration.workers) / Double(max(1, two.configuration.workers))
    estimate = .init(
      twoSingle.time / two.time / (oneSingle.time / one.time) * workers,
      Bootstrap().intervalOfRatio(above, over: below)?.scaled(by: workers))
  }
}
