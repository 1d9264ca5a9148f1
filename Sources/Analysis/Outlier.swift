import Records
import Statistics

/// A trial far from the others of its configuration. Outliers are kept.
public struct Outlier: Equatable, Sendable {
  /// The round of the trial.
  public let round: Int
  /// The time divided by the median, or the rate for a workload of fixed time.
  public let ratio: Double

  /// The fewest trials for finding outliers: of three, the third looks far off whenever two happen to be close.
  public static let fewest = 5

  /// Returns the outliers among the trials of a configuration, by `Statistics.outliers`, in the order of the trials;
  /// `nil` for too few trials.
  static func all(among measured: MeasuredConfiguration) -> [Outlier]? {
    guard let positions = positions(in: measured.samples), let middle = measured.median(of: \.measure) else {
      return nil
    }
    return positions.map { position in
      let trial = measured.trials[position]
      return Outlier(round: trial.round, ratio: trial.measure / middle)
    }
  }

  fileprivate static func positions(in samples: [Double]) -> [Int]? {
    samples.count >= fewest ? outliers(samples) : nil
  }
}

extension RunRecord {
  /// For each trial, whether it is an outlier of its configuration; `nil` if the configuration has too few trials, and
  /// for a warm-up or a failed trial.
  public var outlierFlags: [Bool?] {
    let run = MeasuredRun(self)
    let outlying = plan.configurations.indices.map { position in
      run[position].flatMap { measured -> Set<Double>? in
        let samples = measured.samples
        return Outlier.positions(in: samples).map { Set($0.map { samples[$0] }) }
      }
    }
    return trials.map { trial in
      run.measurement(of: trial).flatMap { outlying[trial.configuration]?.contains($0.measure) }
    }
  }
}
