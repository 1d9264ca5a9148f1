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
  /// - Returns: In the order of the trials; `nil` if there are too few.
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
  /// Whether each trial is an outlier of its configuration; `nil` if its configuration has too few trials, and for a
  /// trial that does not count.
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
