/// The configurations of a run and how often each is tried.
///
/// Trials are tried in rounds: one of every configuration, then the next of every configuration, so that a machine
/// that drifts treats all alike. With a seed every round has an order of its own, so that nobody always follows the same
/// neighbour.
public struct Plan: Codable, Equatable, Sendable {
  /// What is tried, in the order in which it is shown.
  public var configurations: [Configuration]
  /// Trials of each configuration that count; the fewest, where there is a precision to reach.
  public var trials: Int
  /// Trials of each configuration that come first and do not count.
  public var warmUps: Int

  /// What the random order of every round follows from; `nil` where rounds have the order of the configurations.
  public var seed: UInt64?

  /// How well every median is to be known: half of its 95 % interval over the median. More rounds are tried until it
  /// is, or until the budget is spent; `nil` where the number of trials is fixed.
  public var precision: Double?
  /// The nanoseconds in which no further round is begun that would not end in them.
  public var budget: UInt64?

  /// The number of trials, those of all configurations and the warm-ups together; the fewest, where there is a
  /// precision to reach.
  public var trialCount: Int { configurations.count * (trials + warmUps) }

  /// Describes a plan.
  public init(configurations: [Configuration], trials: Int, warmUps: Int, seed: UInt64? = nil) {
    self.configurations = configurations
    self.trials = trials
    self.warmUps = warmUps
    self.seed = seed
  }
}
