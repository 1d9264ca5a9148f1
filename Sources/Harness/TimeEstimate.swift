import Records

/// How long trials will take: what the last of the same configuration took, or what follows from the rate of
/// one worker.
public struct TimeEstimate: Sendable {
  private let rates: [String: Double]
  private let effectiveCPUs: Int
  private var seen: [Configuration: Double] = [:]

  /// An estimate for a machine.
  ///
  /// - Parameters:
  ///   - rates: Numbers a second of one worker, by workload of fixed amount.
  ///   - effectiveCPUs: How many workers can run at once.
  public init(rates: [String: Double], effectiveCPUs: Int) {
    self.rates = rates
    self.effectiveCPUs = effectiveCPUs
  }

  /// Takes note of what a trial took.
  mutating func learn(_ configuration: Configuration, took nanoseconds: UInt64) {
    seen[configuration] = Double(nanoseconds)
  }

  /// The nanoseconds that a trial will take.
  public func time(of configuration: Configuration) -> Double {
    if let seen = seen[configuration] { return seen }
    guard let upTo = configuration.upTo else { return Double(configuration.duration ?? 0) }
    guard let rate = rates[configuration.workload] else { return 0 }
    let workers = min(configuration.workers, effectiveCPUs)
    return Double(upTo) / rate / Double(workers) * 1e9
  }

  /// The nanoseconds that a trial may take where the user sets no limit: far more than it should, so that only
  /// one that hangs is ended.
  public func timeout(of configuration: Configuration) -> UInt64 {
    UInt64(min(60e9 + 10 * time(of: configuration), 1e18))
  }
}
