import Records
import Statistics

/// The speed of one set of CPUs relative to another, from configurations of one run that differ in where their workers are.
public struct CoreGain: Equatable, Sendable {
  /// The configuration on the CPUs that are judged.
  public let configuration: Configuration
  /// The configuration on the CPUs that they are compared with.
  public let reference: Configuration
  /// The factor: the median of the rounds' ratios.
  public let factor: Double
  /// The 95 % interval of the factor; `nil` for too few rounds.
  public let interval: Interval?

  /// Compares two configurations in the rounds that have both; `nil` if there is none.
  ///
  /// - Parameter isPerWorker: Whether the speed per worker is compared, and not that of all workers.
  fileprivate init?(_ measured: MeasuredConfiguration, over other: MeasuredConfiguration, isPerWorker: Bool) {
    (configuration, reference) = (measured.configuration, other.configuration)
    let scale = isPerWorker ? Double(reference.workers) / Double(configuration.workers) : 1
    let ratios = measured.speedups(over: other).values.map { $0 * scale }
    guard !measured.isDisturbed, !other.isDisturbed, scale.isFinite, scale > 0,
      let middle = Statistics.median(ratios)
    else {
      return nil
    }
    factor = middle
    interval = MedianInterval(ratios)?.interval
  }
}

extension MeasuredRun {
  /// The speed of all CPUs relative to that of one CPU on each physical core; `nil` if that was not measured.
  var siblingGain: CoreGain? {
    guard let placed = configurations.first(where: { $0.configuration.placement == "cores" }) else {
      return nil
    }
    var other = placed.configuration
    (other.placement, other.workers) = (nil, effectiveCPUs)
    guard placed.configuration.workers < effectiveCPUs, let all = configuration(like: other) else {
      return nil
    }
    return CoreGain(all, over: placed, isPerWorker: false)
  }

  /// The speed of a core of each kind relative to one of the first kind; empty if they were not measured.
  ///
  /// - Parameter kinds: The kinds of core, the fastest first.
  func kindGains(_ kinds: [Passport.CoreKind]) -> [CoreGain] {
    let placed = kinds.map(\.name).compactMap { name in
      configurations.first { $0.configuration.placement == name }
    }
    guard placed.count == kinds.count, let first = placed.first else { return [] }
    return placed.dropFirst().compactMap { CoreGain($0, over: first, isPerWorker: true) }
  }

  /// Returns the measured configuration that equals another but for its N.
  private func configuration(like other: Configuration) -> MeasuredConfiguration? {
    configurations.first {
      var one = $0.configuration
      one.upTo = other.upTo
      return one == other
    }
  }
}
