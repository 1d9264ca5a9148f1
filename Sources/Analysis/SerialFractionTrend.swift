import Statistics

/// What the serial fraction of a model says over its numbers of workers.
///
/// Serial code makes it the same for any number; where it grows, the overhead grows with the workers, and where it falls,
/// workers bring more than their number (Karp and Flatt, "Measuring Parallel Processor Performance", Communications of
/// the ACM 33 (1990)). It is said to grow or to fall where its 95 % intervals for the fewest and for the most workers
/// have nothing in common, which by chance happens in at most 5 % of models for which it is the same, and in 0.6 % where
/// both are as wide.
public struct SerialFractionTrend: Equatable, Sendable {
  /// What is found.
  public enum Finding: CaseIterable, Sendable {
    /// It grows.
    case grows
    /// It neither grows nor falls, as far as can be told, and is more than 0 with the most workers.
    case constant
    /// It neither grows nor falls, as far as can be told, and cannot be told from 0 with the most workers.
    case nothing
    /// It falls.
    case falls
  }

  /// The serial fraction of a number of workers.
  public struct Point: Equatable, Sendable {
    /// The workers.
    public let workers: Int
    /// The serial fraction.
    public let fraction: Double
    /// Its 95 % interval.
    public let interval: Interval
  }

  /// The fewest numbers of parallel workers of which a trend is told.
  public static let fewestCounts = 3

  /// What is found.
  public let finding: Finding
  /// With the fewest workers, which are more than one.
  public let first: Point
  /// With the most.
  public let last: Point

  /// The trend over configurations of one model; those with one worker, with more workers than effective CPUs, and
  /// without an interval of their speedup are passed over.
  ///
  /// - Returns: `nil` where too few are left.
  init?(_ rows: [ConfigurationAnalysis]) {
    let points = rows.filter { !$0.isOversubscribed }.compactMap { row -> Point? in
      guard let fraction = row.serialFraction, let interval = row.serialFractionInterval else { return nil }
      return Point(workers: row.configuration.workers, fraction: fraction, interval: interval)
    }.sorted { $0.workers < $1.workers }
    guard Set(points.map(\.workers)).count >= Self.fewestCounts, let first = points.first,
      let last = points.last
    else { return nil }
    (self.first, self.last) = (first, last)
    if last.interval.lower > first.interval.upper {
      finding = .grows
    } else if last.interval.upper < first.interval.lower {
      finding = .falls
    } else {
      finding = last.interval.lower > 0 ? .constant : .nothing
    }
  }
}

/// The serial fraction that a speedup points to: (1/S − 1/p) / (1 − 1/p) (Karp and Flatt, "Measuring Parallel Processor
/// Performance", Communications of the ACM 33 (1990)). It may be negative; `nil` for one worker.
public func serialFraction(speedup: Double, workers: Int) -> Double? {
  let workers = Double(workers)
  guard speedup > 0, workers > 1 else { return nil }
  return (1 / speedup - 1 / workers) / (1 - 1 / workers)
}
