import Records
import Statistics

/// The scaling laws, each fitted to throughputs by number of workers.
///
/// Each number of workers is one point, the median of its trials, so that the residuals measure how far the machine is
/// from the law. If every trial were a point, many trials would make the intervals narrow however badly the law fits.
public struct ScalingFit: Equatable, Sendable {
  /// The trials with one number of workers.
  public struct Point: Equatable, Sendable {
    /// The number of workers.
    public let workers: Double
    /// The number of trials.
    public let trials: Int
    /// The median of the trials' throughputs.
    public let throughput: Double
    /// The least of the trials' throughputs.
    public let lowest: Double
    /// The greatest of the trials' throughputs.
    public let highest: Double
    /// The estimate of the throughput; `nil` for fewer than `MedianInterval.fewest` trials.
    let estimate: MedianEstimate?
  }

  /// The points, in ascending order of workers.
  public let points: [Point]
  /// The fit of each law, or the reason that there is none, in the order of `candidates`.
  public let laws: [Result<LawFit, LawFitError>]

  /// Returns the fit of a law; `nil` if it could not be fitted.
  public func fit(of law: ScalingLaw) -> LawFit? {
    laws.lazy.compactMap { try? $0.get() }.first { $0.law == law }
  }

  /// The fit that is shown to be better than that of every other law; `nil` if the data cannot tell.
  public var closest: LawFit? {
    let fits = laws.compactMap { try? $0.get() }
    return fits.first { fit in fits.allSatisfy { $0.law == fit.law || fit.isShownBetter(than: $0) } }
  }

  /// Fits laws.
  ///
  /// - Parameters:
  ///   - samples: The trials, in any order.
  ///   - candidates: The laws to fit (default: all).
  ///   - single: The throughput that predicted speedups are relative to (default: the fitted γ).
  ///   - cores: The number of cores (default: the most workers measured); predictions are for 2 and 4 times as many
  ///     workers.
  public init(
    _ samples: [ScalingSample], of candidates: [ScalingLaw] = ScalingLaw.allCases, single: Double? = nil,
    cores: Double? = nil
  ) {
    let points = samples.sorted { $0.workers < $1.workers }.chunked { $0.workers == $1.workers }.compactMap {
      Point($0)
    }
    self.points = points
    let unit = points.map(\.throughput).max() ?? 1
    let scaled = points.map { (x: $0.workers, y: $0.throughput / unit) }
    let cores = cores ?? points.last?.workers ?? 1
    laws = candidates.map { law in
      LawFit.fit(law, to: scaled, unit: unit, single: single.map { $0 / unit }, cores: cores).flatMap { fit in
        points.contradiction(to: fit).map { .failure(LawFitError(law: law, reason: $0)) } ?? .success(fit)
      }
    }
  }
}

extension ScalingFit.Point {
  /// Makes the point of the trials with one number of workers; `nil` without trials.
  fileprivate init?(_ trials: ArraySlice<ScalingSample>) {
    let throughputs = trials.map(\.throughput)
    guard let workers = trials.first?.workers, let middle = median(throughputs),
      let lowest = throughputs.min(), let highest = throughputs.max()
    else { return nil }
    self.init(
      workers: workers, trials: trials.count, throughput: middle, lowest: lowest, highest: highest,
      estimate: MedianEstimate(throughputs))
  }
}

extension Array {
  /// Returns the longest runs of neighbours that belong together.
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
