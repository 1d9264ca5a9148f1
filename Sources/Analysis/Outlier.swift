import Records
import Statistics

/// A trial that lies far from the others of its configuration. It counts all the same.
public struct Outlier: Equatable, Sendable {
  /// The round in which it was tried.
  public let round: Int
  /// Its time, or its rate for a workload of fixed time, over the median.
  public let ratio: Double

  /// The fewest trials among which an outlier is told: of three, the third is far off whenever two happen to be close.
  public static let fewest = 5

  /// The outliers among the trials of a configuration, by `Statistics.outliers`.
  ///
  /// - Returns: In the order of the trials; `nil` where none can be told.
  static func all(among trials: [CountedTrial]) -> [Outlier]? {
    let measured = trials.compactMap { trial in trial.measure.map { (round: trial.round, measure: $0) } }
    let measures = measured.map(\.measure)
    guard let found = positions(in: measures), let middle = median(measures) else { return nil }
    return found.map { Outlier(round: measured[$0].round, ratio: measures[$0] / middle) }
  }

  fileprivate static func positions(in measures: [Double]) -> [Int]? {
    measures.count >= fewest ? outliers(measures) : nil
  }
}

extension RunRecord {
  /// Whether each trial is an outlier of its configuration; `nil` where that cannot be told, as of one that does not
  /// count.
  public var outlierFlags: [Bool?] {
    var flags = [Bool?](repeating: nil, count: trials.count)
    var measured: [Int: [(position: Int, measure: Double)]] = [:]
    for (position, trial) in trials.enumerated()
    where plan.configurations.indices.contains(trial.configuration) {
      guard let measure = CountedTrial(trial, of: plan.configurations[trial.configuration])?.measure else {
        continue
      }
      measured[trial.configuration, default: []].append((position, measure))
    }
    for trials in measured.values {
      guard let found = Outlier.positions(in: trials.map(\.measure)) else { continue }
      for trial in trials { flags[trial.position] = false }
      for place in found { flags[trials[place].position] = true }
    }
    return flags
  }
}
