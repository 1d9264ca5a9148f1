import Records
import Statistics

/// The statistics of one configuration. Medians are over its measured trials.
public struct ConfigurationAnalysis: Equatable, Sendable {
  /// The configuration and its measured trials, in the order of their rounds.
  public let measured: MeasuredConfiguration
  /// The region's time in nanoseconds; of trials with several regions, the median of all but the first. For `serve`, the CPU
  /// time per request.
  public let region: Spread
  /// The numbers or operations per second of the region.
  public let rate: Spread
  /// The interval of the median of the region's time, or of the rate for a workload of fixed time, widened if the machine
  /// changed during the run. `nil` for too few undisturbed trials.
  public let timeInterval: MedianInterval?
  /// The machines on which a launcher started its processes; empty without a launcher.
  public let hosts: [HostAnalysis]
  /// The first wrong answer of a program that may be inexact; `nil` if all answers are right.
  public let inexactAnswer: InexactAnswer?
  /// The outliers among the trials; they are kept. `nil` for too few trials.
  public let outliers: [Outlier]?
  /// The load generator's measurements of a server; `nil` for any workload but `serve`.
  public let service: ServiceAnalysis?
  /// The speedup over the model `single` of the same run and kernel, or over the same command with one worker: the median of the
  /// speedups of the rounds. `nil` if that was not measured in the same rounds.
  public internal(set) var speedup: Double?
  /// The 95 % interval of the speedup. `nil` for `single` itself, and for fewer than `MedianInterval.fewest` rounds.
  public internal(set) var speedupInterval: Interval?
  /// The speedup over `single` in every round that has both.
  var speedups: [Int: Double] = [:]
  /// The speedup over the model `single` of the same run with the `scalar` kernel; `nil` if that was not measured.
  public internal(set) var overScalar: Double?
  /// The lost core time by cause, for a workload of fixed amount with several workers; `nil` unless `single` was
  /// measured in the same rounds.
  public internal(set) var losses: LossAttribution?

  /// Analyzes a configuration; `nil` if a time or a rate is not a number.
  ///
  /// - Parameter widening: The factor of the intervals of a run whose machine changed (`RunDrift.widening`).
  init?(_ measured: MeasuredConfiguration, widening: Double) {
    let trials = measured.trials
    guard let region = Spread(trials.map(\.time)), let rate = Spread(trials.map(\.rate)) else { return nil }
    self.measured = measured
    self.region = region
    self.rate = rate
    timeInterval = measured.isDisturbed ? nil : MedianInterval(measured.samples, widening: widening)
    hosts = HostAnalysis.all(in: trials)
    inexactAnswer = trials.lazy.compactMap { InexactAnswer($0.configuration, $0.report) }.first
    outliers = Outlier.all(among: measured)
    service = ServiceAnalysis(trials)
  }
}

extension ConfigurationAnalysis {
  /// The configuration that was measured.
  public var configuration: Configuration { measured.configuration }

  /// The precision of the median of the time or rate: half of its interval over the median. `nil` for too few trials.
  public var precision: Double? { timeInterval?.precision }

  /// The median bandwidth of `memory` in bytes per second; `nil` for any other workload.
  public var bandwidth: Double? {
    configuration.bytesPerStep.map { rate.median * Double($0) }
  }

  /// The number of trials that count.
  public var trials: Int { measured.trials.count }

  /// The number of workers that were replaced, over all trials that count.
  public var restarts: Int { measured.trials.reduce(0) { $0 + ($1.report.restarts?.count ?? 0) } }

  /// Whether there are more workers than CPUs that the configuration could keep busy, or that its workers were put on.
  public var isOversubscribed: Bool {
    let placed = measured.trials.compactMap(\.report.placedCPUs).min()
    return configuration.workers > min(measured.cores, placed ?? .max)
  }

  /// Whether it can be ranked: the load generator did not limit it.
  public var isRanked: Bool { service?.limit != .generator }

  /// Returns the median of a statistic of the trials, such as `\.utilization`; `nil` if none of them defines it.
  public func median(of statistic: (MeasuredTrial) -> Double?) -> Double? { measured.median(of: statistic) }
}
