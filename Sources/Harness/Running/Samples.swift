import Records
import Statistics

/// What the trials of a run are repeated for, configuration by configuration.
public struct Samples: Sendable {
  private let configurations: [Configuration]
  private var values: [[Double]]

  /// Makes empty samples.
  public init(_ configurations: [Configuration]) {
    self.configurations = configurations
    values = Array(repeating: [], count: configurations.count)
  }

  /// Adds a trial; one that does not count adds nothing.
  public mutating func add(_ trial: Trial) {
    guard !trial.warmUp, let report = trial.report, values.indices.contains(trial.configuration) else {
      return
    }
    values[trial.configuration].append(configurations[trial.configuration].measure(report))
  }

  /// The values of a configuration, by its position: times in nanoseconds, or for a workload of fixed time rates.
  public subscript(configuration: Int) -> [Double] { values[configuration] }

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
    let time = steadyTime(regions: report.regions, last: report.region)
    return upTo == nil ? Double(report.result.value) / max(1, time) : time
  }
}
