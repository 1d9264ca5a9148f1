import Records

/// The expected duration of each trial: that of the last trial of the same configuration, or one computed from the cost
/// for one worker.
public struct TimeEstimate: Sendable {
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
    if let seen = seen[configuration] { return seen }
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
  public func timeout(of configuration: Configuration) -> UInt64 {
    UInt64(min(60e9 + 10 * time(of: configuration), 1e18))
  }
}

extension Configuration {
  /// Returns the time of a trial of fixed time, in the unit of the duration of a region.
  func time(ofDuration duration: Double) -> Double {
    let regions = Double(repetitions ?? 1)
    return duration * (traffic == nil ? regions : 1 + Traffic.warmUpShare)
  }
}
