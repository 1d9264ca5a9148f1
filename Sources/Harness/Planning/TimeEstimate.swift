import Records

/// How long trials will take: what the last of the same configuration took, or what follows from the cost for one
/// worker.
public struct TimeEstimate: Sendable {
  private let costs: Costs
  let effectiveCPUs: Int
  private var seen: [Configuration: Double] = [:]

  /// An estimate for a machine.
  ///
  /// - Parameters:
  ///   - costs: What the workloads of fixed amount cost one worker.
  ///   - effectiveCPUs: How many workers can run at once.
  public init(costs: Costs, effectiveCPUs: Int) {
    self.costs = costs
    self.effectiveCPUs = effectiveCPUs
  }

  /// Takes note of what a trial took.
  mutating func learn(_ configuration: Configuration, took nanoseconds: UInt64) {
    seen[configuration] = Double(nanoseconds)
  }

  /// The nanoseconds that a trial will take.
  public func time(of configuration: Configuration) -> Double {
    if let seen = seen[configuration] { return seen }
    let repetitions = Double(configuration.repetitions ?? 1)
    guard let upTo = configuration.upTo else { return Double(configuration.duration ?? 0) * repetitions }
    guard let cost = costs.cost(of: configuration) else { return 0 }
    let workers = min(configuration.workers, effectiveCPUs)
    return cost.time(of: upTo) / Double(workers) * repetitions
  }

  /// The nanoseconds that a trial may take where the user sets no limit: far more than it should, so that only
  /// one that hangs is ended.
  public func timeout(of configuration: Configuration) -> UInt64 {
    UInt64(min(60e9 + 10 * time(of: configuration), 1e18))
  }
}
