import Records
import Statistics

/// The bandwidth of `memory` by the number of workers, of the model that reaches the most.
public struct BandwidthScaling: Equatable, Sendable {
  /// The bandwidth with a number of workers.
  public struct Point: Equatable, Sendable {
    /// The number of workers.
    public let workers: Int
    /// The median bandwidth in bytes per second.
    public let bandwidth: Double
  }

  /// The least gain with which more cores still help.
  public static let leastGain = 0.1

  /// The operation: `triad` if it was measured, otherwise the first.
  public let operation: String
  /// At least two numbers of workers, in ascending order.
  public let points: [Point]
  /// The point from which more cores add less than `leastGain`; `nil` if the last ones still add more.
  public let enough: Point?
  /// The bandwidth of the last point over that of `enough`, or of the first point if there is none: the median of the rounds'
  /// ratios.
  public let gain: Double
  /// The 95 % interval of the gain; `nil` for too few rounds.
  public let interval: Interval?

  /// Finds the bandwidths in the workloads of a run; `nil` without several worker counts of one model.
  init?(_ workloads: [WorkloadAnalysis]) {
    let all = workloads.filter { $0.operation != nil && $0.place != .cache(1) }
    guard let workload = all.first(where: { $0.operation == "triad" }) ?? all.first,
      let operation = workload.operation
    else { return nil }
    let rows = workload.rows.filter {
      $0.configuration.isPeer != true && $0.configuration.placement == nil && !$0.isOversubscribed
        && !$0.measured.isDisturbed
    }
    guard let best = rows.max(by: { $0.rate.median < $1.rate.median })?.configuration else { return nil }
    let own = rows.filter { $0.configuration.kernel == best.kernel && $0.configuration.model == best.model }
    let single = rows.filter { $0.configuration.kernel == best.kernel && $0.configuration.workers == 1 }
    var chosen = own.sorted { $0.configuration.workers < $1.configuration.workers }
    if chosen.first?.configuration.workers != 1, let one = single.first { chosen.insert(one, at: 0) }
    guard chosen.count > 1, let last = chosen.last, let bytes = best.bytesPerStep else { return nil }
    self.operation = operation
    let points = chosen.map {
      Point(workers: $0.configuration.workers, bandwidth: $0.rate.median * Double(bytes))
    }
    self.points = points
    let bandwidths = points.map(\.bandwidth)
    let place = bandwidths.indices.dropLast().first { place in
      bandwidths[(place + 1)...].allSatisfy { $0 < (1 + Self.leastGain) * bandwidths[place] }
    }
    enough = place.map { points[$0] }
    let ratios = Array(last.measured.speedups(over: chosen[place ?? 0].measured).values)
    gain = Statistics.median(ratios) ?? bandwidths[bandwidths.count - 1] / bandwidths[place ?? 0]
    interval = MedianInterval(ratios)?.interval
  }
}
