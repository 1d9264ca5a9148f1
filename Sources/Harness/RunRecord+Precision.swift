import Records
import Statistics

extension RunRecord {
  /// Whether half of the 95 % interval of every configuration's median is at most a given part of the median. A
  /// configuration that only failed has no median and does not count; one with too few trials is not known.
  func medians(areWithin precision: Double) -> Bool {
    var samples = [[Double]](repeating: [], count: plan.configurations.count)
    for trial in trials where !trial.warmUp && samples.indices.contains(trial.configuration) {
      guard let report = trial.report else { continue }
      samples[trial.configuration].append(plan.configurations[trial.configuration].measure(report))
    }
    let bootstrap = Bootstrap()
    return samples.allSatisfy { sample in
      sample.isEmpty || bootstrap.precisionOfMedian(sample).map { $0 <= precision } ?? false
    }
  }
}

extension Configuration {
  /// What a trial is repeated for: a time in nanoseconds, or for a workload of fixed time a rate.
  fileprivate func measure(_ report: TrialRecord) -> Double {
    let time = steadyState((report.regions ?? []).map { Double($0) }) ?? Double(report.region)
    return upTo == nil ? Double(report.result.value) / max(1, time) : time
  }
}
