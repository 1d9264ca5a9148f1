import Statistics

extension ScalingFit.Point {
  /// The 95 % interval of the throughput, from its trials; `nil` for too few.
  public var interval: Interval? { estimate?.interval(level: 0.95) }
}

extension ScalingFit {
  /// The measured speedup of a point over the one with the fewest workers.
  public struct Speedup: Equatable, Sendable {
    /// The ratio of the throughputs.
    public let value: Double
    /// Its 95 % interval, from the trials of both points; `nil` for too few, or for the point itself.
    public let interval: Interval?
    /// The speedup / the ratio of the numbers of workers.
    public let efficiency: Double
  }

  /// Returns the measured speedup of a point over the one with the fewest workers.
  public func speedup(of point: Point) -> Speedup {
    let first = points.first ?? point
    let value = point.throughput / first.throughput
    let ratio = point.estimate.flatMap { estimate in first.estimate.map { estimate.over($0) } }
    return Speedup(
      value: value, interval: point.workers == first.workers ? nil : ratio?.interval(level: 0.95),
      efficiency: value * first.workers / point.workers)
  }
}
