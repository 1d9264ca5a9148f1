extension ScalingFit {
  /// A change of the throughput from one number of workers to another that no law is needed to see. It exceeds 5 %, and
  /// the trials of the two do not overlap.
  public struct Change: Equatable, Sendable {
    /// The point with fewer workers.
    public let from: Point
    /// The point with more workers.
    public let to: Point
  }

  /// The growth of the throughput per worker, from the fewest workers to those with the greatest: the data are
  /// superlinear. `nil` if it does not grow.
  public var superlinearGrowth: Change? { points.superlinearGrowth }

  /// The fall of the throughput from its peak to the least after it; `nil` if it does not fall.
  public var fall: Change? { points.fall }

  /// Whether throughput falls from the first added worker on.
  public var fallsFromStart: Bool {
    guard let fall, points.count > 1 else { return false }
    return fall.from == points[0] && points[1].throughput < points[0].throughput
  }
}

extension [ScalingFit.Point] {
  /// The ratio at which a change counts.
  private static var least: Double { 1.05 }

  fileprivate var superlinearGrowth: ScalingFit.Change? {
    guard let first, let best = dropFirst().max(by: { $0.perWorker < $1.perWorker }),
      best.perWorker > Self.least * first.perWorker,
      best.lowest / best.workers > first.highest / first.workers
    else { return nil }
    return ScalingFit.Change(from: first, to: best)
  }

  fileprivate var fall: ScalingFit.Change? {
    guard let top = indices.max(by: { self[$0].throughput < self[$1].throughput }),
      let least = self[top...].min(by: { $0.throughput < $1.throughput }),
      self[top].throughput > Self.least * least.throughput, least.highest < self[top].lowest
    else { return nil }
    return ScalingFit.Change(from: self[top], to: least)
  }

  /// Returns the reason that a fit says nothing about the data: its coefficients are at their bound, and the data are
  /// beyond it. `nil` if there is none.
  func contradiction(to fit: LawFit) -> LawFitError.Reason? {
    if fit.coefficients.dropFirst().allSatisfy({ $0.value == 0 }) {
      return superlinearGrowth == nil ? nil : .superlinear
    }
    return fit.value(of: .f) == 1 && fall != nil ? .falling : nil
  }
}

extension ScalingFit.Point {
  /// The throughput per worker.
  fileprivate var perWorker: Double { throughput / workers }
}
