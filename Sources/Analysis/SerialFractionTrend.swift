import Statistics

/// The trend of a model's serial fraction over its numbers of workers.
///
/// Serial code gives the same fraction for any number of workers. A growing fraction means that the overhead grows with
/// the workers; a falling one, that each added worker gains more than the one before (Karp and Flatt, "Measuring
/// Parallel Processor Performance", Communications of the ACM 33 (1990)). The fraction grows or falls if the median over
/// the rounds of the difference between the most and the fewest workers differs from 0 (`medianPValue`). Chance shows
/// that in at most 5 % of models with a constant fraction.
public struct SerialFractionTrend: Equatable, Sendable {
  /// The direction of a trend.
  public enum Finding: CaseIterable, Sendable {
    /// The fraction grows.
    case grows
    /// The fraction shows no trend, and is above 0 with the most workers.
    case constant
    /// The fraction shows no trend, and is indistinguishable from 0 with the most workers.
    case nothing
    /// The fraction falls.
    case falls
    /// The fraction is above 1 with the most workers: they are slower than one.
    case slower
  }

  /// The serial fraction with a number of workers.
  public struct Point: Equatable, Sendable {
    /// The number of workers.
    public let workers: Int
    /// The serial fraction.
    public let fraction: Double
    /// The 95 % interval of the fraction.
    public let interval: Interval
  }

  /// The fewest numbers of workers, each above one, for a trend.
  public static let fewestCounts = 3

  /// The direction of the trend.
  public let finding: Finding
  /// The point with the fewest workers, more than one.
  public let first: Point
  /// The point with the most workers.
  public let last: Point

  /// Finds the trend over the configurations of one model. Configurations with one worker, with more workers than
  /// effective CPUs, or without an interval of their speedup are skipped.
  ///
  /// - Returns: `nil` if too few are left.
  init?(_ rows: [ConfigurationAnalysis]) {
    let known = rows.filter { !$0.isOversubscribed && Point($0) != nil }
      .sorted { $0.configuration.workers < $1.configuration.workers }
    guard Set(known.map(\.configuration.workers)).count >= Self.fewestCounts, let fewest = known.first,
      let most = known.last, let first = Point(fewest), let last = Point(most)
    else { return nil }
    (self.first, self.last) = (first, last)
    let differences = most.serialFractions.compactMap { round, fraction in
      fewest.serialFractions[round].map { fraction - $0 }
    }
    if last.fraction > 1 {
      finding = .slower
    } else if let difference = median(differences), let pValue = medianPValue(differences), pValue < 0.05 {
      finding = difference > 0 ? .grows : .falls
    } else {
      finding = last.interval.lower > 0 ? .constant : .nothing
    }
  }
}

extension SerialFractionTrend.Point {
  /// Makes the point of a configuration; `nil` if its serial fraction or the interval is unknown.
  fileprivate init?(_ row: ConfigurationAnalysis) {
    guard let fraction = row.serialFraction, let interval = row.serialFractionInterval else { return nil }
    self.init(workers: row.configuration.workers, fraction: fraction, interval: interval)
  }
}

extension ConfigurationAnalysis {
  /// The serial fraction of every round that has this configuration and `single`.
  fileprivate var serialFractions: [Int: Double] {
    speedups.compactMapValues { Analysis.serialFraction(speedup: $0, workers: configuration.workers) }
  }
}

/// Returns the serial fraction that would explain a speedup: (1/S − 1/p) / (1 − 1/p) (Karp and Flatt, "Measuring
/// Parallel Processor Performance", Communications of the ACM 33 (1990)). It may be negative; `nil` for one worker.
public func serialFraction(speedup: Double, workers: Int) -> Double? {
  let workers = Double(workers)
  guard speedup > 0, workers > 1 else { return nil }
  return (1 / speedup - 1 / workers) / (1 - 1 / workers)
}
