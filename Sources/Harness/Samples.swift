import Records
import Statistics

/// What the trials of a run are repeated for, configuration by configuration.
struct Samples {
  private let configurations: [Configuration]
  private var values: [[Double]]

  /// Makes empty samples.
  init(_ configurations: [Configuration]) {
    self.configurations = configurations
    values = Array(repeating: [], count: configurations.count)
  }

  /// Adds a trial; one that does not count adds nothing.
  mutating func add(_ trial: Trial) {
    guard !trial.warmUp, let report = trial.report, values.indices.contains(trial.configuration) else {
      return
    }
    values[trial.configuration].append(configurations[trial.configuration].measure(report))
  }

  /// Whether half of the 95 % interval of every configuration's median is at most a given part of the median. A
  /// configuration that only failed has no median and does not count; one with too few trials is not known.
  func medians(areWithin precision: Double) -> Bool {
    let bootstrap = Bootstrap()
    return values.allSatisfy { sample in
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
