import Records

/// The expected duration of each trial: that of the last trial of the same configuration, or one computed from the cost
/// for one worker.
public struct TimeEstimate: Sendable {
  /// The time limit of the first execution of a command if the user sets none, in nanoseconds.
  public static let longestFirstExecution: UInt64 = 3_600_000_000_000

  private let costs: Costs
  let effectiveCPUs: Int
  private var seen: [Configuration: Double] = [:]

  /// Makes an estimate for a machine.
  ///
  /// - Parameters:
  ///   - costs: The costs of the workloads of fixed amount for one worker.
  ///   - effectiveCPUs: The number of workers that can run at once.
  public init(costs: Costs, effectiveCPUs: Int) {
    self.costs = costs
    self.effectiveCPUs = effectiveCPUs
  }

  /// Records the duration of a trial.
  mutating func learn(_ configuration: Configuration, took nanoseconds: UInt64) {
    seen[configuration] = Double(nanoseconds)
  }

  /// Returns the expected duration of a trial, in nanoseconds.
  public func time(of configuration: Configuration) -> Double {
    if let seen = seen[configuration] ?? costs.commandTimes[configuration] { return seen }
    let repetitions = Double(configuration.repetitions ?? 1)
    guard let upTo = configuration.upTo else {
      return configuration.time(ofDuration: Double(configuration.duration ?? 0))
    }
    guard let cost = costs.cost(of: configuration) else { return 0 }
    let workers = min(configuration.workers, effectiveCPUs)
    return cost.time(of: upTo) / Double(workers) * repetitions + cost.preparation
  }

  /// Returns the time limit of a trial if the user sets none, in nanoseconds. It is far above the estimate, so that only
  /// a trial that hangs exceeds it.
  ///
  /// A command of which nothing is known yet, as in a run that is continued, may take an hour.
  public func timeout(of configuration: Configuration) -> UInt64 {
    if configuration.command != nil, time(of: configuration) == 0 { return Self.longestFirstExecution }
    return UInt64(min(60e9 + 10 * time(of: configuration), 1e18))
  }
}

extension Configuration {
  /// Returns the time of a trial of fixed time, in the unit of the duration of a region.
  func time(ofDuration duration: Double) -> Double {
    let regions = Double(repetitions ?? 1)
    return duration * (traffic == nil ? regions : 1 + Traffic.warmUpShare)
  }
}
