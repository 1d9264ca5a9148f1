import Records
import Statistics

/// The statistics of a run: its workloads, its failures, and the fastest configurations.
public struct RunAnalysis: Equatable, Sendable {
  /// The trials of a configuration that failed for one reason.
  public struct Failure: Equatable, Sendable {
    /// The configuration that failed.
    public let configuration: Configuration
    /// The reason.
    public let reason: String
    /// The number of trials that failed for this reason.
    public internal(set) var count = 1
  }

  /// The configurations and their measured trials.
  public let measured: MeasuredRun
  /// The workloads, in the order of the plan.
  public let workloads: [WorkloadAnalysis]
  /// The failures, in the order of their first occurrence.
  public let failures: [Failure]
  /// The fastest of the suite's models with the scalar kernel, in the first workload of fixed amount, or in the first
  /// of all if there is none.
  public let fastest: Leader?
  /// The fastest of the suite's models with other kernels in the same workload; `nil` if there is none.
  public let fastestWithVectors: Leader?
  /// The fastest peer with the kernel of `fastest` and the right answer in the same workload; `nil` if there is none.
  public let fastestPeer: ConfigurationAnalysis?
  /// The bandwidth of `memory` by the number of workers; `nil` if it was not measured with several.
  public let bandwidth: BandwidthScaling?
  /// The server of the suite with the least CPU time per request, of those that the load generator did not limit; `nil` if
  /// there is none.
  public let cheapest: Leader?
  /// The speed of all CPUs relative to that of one CPU on each physical core; `nil` if that was not measured.
  public let siblingGain: CoreGain?
  /// The speed of a core of each further kind relative to one of the fastest; empty if all are alike or not measured.
  public let kindGains: [CoreGain]
  /// The best possible speedups on the machine.
  public let shape: CoreShape
  /// The gain from more cores with the fastest model; `nil` if it was not measured with several workers.
  public let growth: CoreGrowth?
  /// The gain from more cores with each command, in the order of the plan, or with the fastest model.
  public let growths: [CoreGrowth]
  /// The number of measured trials.
  public let trials: Int
  /// The number of measured trials that other programs disturbed; they do not count.
  public let disturbed: Int
  /// The trend of the machine's speed during the run; `nil` for too few rounds.
  public let drift: RunDrift?

  /// Analyzes a run.
  public init(_ run: RunRecord) {
    measured = MeasuredRun(run)
    disturbed = measured.configurations.reduce(0) { $0 + $1.disturbed.count }
    trials = disturbed + measured.configurations.reduce(0) { $0 + $1.undisturbedCount }
    drift = RunDrift(measured)
    siblingGain = measured.siblingGain
    kindGains = measured.kindGains(run.passport.topology?.kinds ?? [])
    shape = CoreShape(measured, siblings: siblingGain, gains: kindGains)
    workloads = WorkloadAnalysis.all(in: measured, widening: drift?.widening ?? 1)
    failures = Self.failures(of: run)
    bandwidth = BandwidthScaling(workloads)
    let workload =
      workloads.first { $0.upTo != nil || $0.command != nil } ?? workloads.first { $0.traffic == nil }
    let service = workloads.first { $0.traffic != nil }
    cheapest = service.flatMap { service in
      service.fastest { $0.isPeer != true }.map { Leader($0, in: service, overSingleOf: "scalar") }
    }
    let fastest =
      workload?.fastest { $0.isPeer != true && $0.kernel == "scalar" }
      ?? workload?.fastest { $0.isPeer != true }
    self.fastest = workload.flatMap { workload in
      fastest.map { Leader($0, in: workload, overSingleOf: $0.configuration.kernel) }
    }
    let measured = measured
    let growth = workload.flatMap { workload in
      fastest.flatMap { CoreGrowth(of: $0, in: workload, of: measured) }
    }
    self.growth = growth
    growths =
      workload.flatMap { workload in
        workload.command.map { _ in workload.commandGrowths(of: measured) }
      } ?? [growth].compactMap(\.self)
    fastestWithVectors = workload.flatMap { workload in
      workload.fastest { $0.isPeer != true && $0.kernel != "scalar" }.map {
        Leader($0, in: workload, overSingleOf: "scalar")
      }
    }
    let kernel = fastest?.configuration.kernel ?? "scalar"
    fastestPeer = workload?.fastest { $0.isPeer == true && $0.kernel == kernel }
  }

  /// Whether most configurations have neither enough undisturbed trials for an interval nor more of them than disturbed
  /// ones, so that nothing can be said about the models.
  public var isTooBusy: Bool {
    let lost = measured.configurations.count { configuration in
      configuration.undisturbedCount < min(MedianInterval.fewest, configuration.disturbed.count)
    }
    return 2 * lost > measured.configurations.count
  }

  /// Returns the failures of a run, in the order of their first occurrence.
  public static func failures(of run: RunRecord) -> [Failure] {
    let configurations = run.plan.configurations
    var failures: [Failure] = []
    var positions: [Configuration: [String: Int]] = [:]
    for trial in run.trials {
      guard let reason = trial.failure, configurations.indices.contains(trial.configuration) else { continue }
      let configuration = configurations[trial.configuration]
      if let position = positions[configuration]?[reason] {
        failures[position].count += 1
      } else {
        positions[configuration, default: [:]][reason] = failures.count
        failures.append(Failure(configuration: configuration, reason: reason))
      }
    }
    return failures
  }
}
