/// The configurations of a run and how often each is tried.
///
/// The order of the trials follows: one of every configuration, then the next of every configuration, so that
/// a machine that drifts treats all alike.
public struct Plan: Codable, Equatable, Sendable {
  /// What is tried, in the order of a round.
  public var configurations: [Configuration]
  /// Trials of each configuration that count.
  public var trials: Int
  /// Trials of each configuration that come first and do not count.
  public var warmUps: Int

  /// The number of trials, those of all configurations and the warm-ups together.
  public var trialCount: Int { configurations.count * (trials + warmUps) }

  /// Describes a plan.
  public init(configurations: [Configuration], trials: Int, warmUps: Int) {
    self.configurations = configurations
    self.trials = trials
    self.warmUps = warmUps
  }
}
