import Records
import Statistics

/// What the laws say of throughputs by workers.
///
/// Each number of workers counts once, with the median of its trials. The residuals are then how far the machine is from
/// the law; if every trial counted, a thousand of them would make the intervals narrow however badly the law fits.
public struct ScalingFit: Equatable, Sendable {
  /// The trials of one number of workers.
  public struct Point: Equatable, Sendable {
    /// The workers.
    public let workers: Double
    /// How many trials there are.
    public let trials: Int
    /// The median of their throughputs.
    public let throughput: Double
  }

  /// The numbers of workers in ascending order.
  public let points: [Point]
  /// What came of each law, in their order.
  public let laws: [Result<LawFit, LawRefusal>]

  /// The fitted law of those that were; `nil` where it was refused.
  public func fit(of law: ScalingLaw) -> LawFit? {
    laws.lazy.compactMap { try? $0.get() }.first { $0.law == law }
  }

  /// The fitted law with the least residual standard error, the first of those that are equal; `nil` where none was
  /// fitted.
  public var closest: LawFit? {
    let fits = laws.compactMap { try? $0.get() }
    guard let least = fits.map(\.residualStandardError).min() else { return nil }
    // Perfect fits differ by rounding.
    let rounding = 1e-12 * (points.map(\.throughput).max() ?? 0)
    return fits.first { $0.residualStandardError <= least + rounding }
  }

  /// Fits all laws.
  ///
  /// - Parameters:
  ///   - samples: Trials in any order.
  ///   - cores: Predictions are for 2 and 4 times as many workers; without it, as the most that were measured.
  public init(_ samples: [ScalingSample], cores: Double? = nil) {
    let points = samples.sorted { $0.workers < $1.workers }.chunked { $0.workers == $1.workers }.compactMap {
      trials in
      median(trials.map(\.throughput)).map {
        Point(workers: trials[trials.startIndex].workers, trials: trials.count, throughput: $0)
      }
    }
    self.points = points
    let unit = points.map(\.throughput).max() ?? 1
    let scaled = points.map { (x: $0.workers, y: $0.throughput / unit) }
    let cores = cores ?? points.last?.workers ?? 1
    laws = ScalingLaw.allCases.map { LawFit.fit($0, to: scaled, unit: unit, cores: cores) }
  }
}

extension Array {
  /// The longest runs of neighbours that belong together.
  fileprivate func chunked(_ belongTogether: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
    var chunks: [ArraySlice<Element>] = []
    var start = startIndex
    for index in indices where index + 1 == endIndex || !belongTogether(self[index], self[index + 1]) {
      chunks.append(self[start...index])
      start = index + 1
    }
    return chunks
  }
}
