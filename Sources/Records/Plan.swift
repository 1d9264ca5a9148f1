/// The configurations of a run and the number of their trials.
///
/// Trials run in rounds: one trial of every configuration, then the next of every configuration, so that
/// drift of the machine affects all configurations equally. With a seed, every round has its own order, so
/// that no configuration always follows the same neighbor.
public struct Plan: Codable, Equatable, Sendable {
  /// The configurations, in the order in which they are shown.
  public var configurations: [Configuration]
  /// The measured trials per configuration; the minimum if a precision is given.
  public var trials: Int
  /// The warm-up trials per configuration, discarded.
  public var warmUps: Int

  /// The seed of the random order of every round; `nil` if rounds have the order of the configurations.
  public var seed: UInt64?

  /// The target precision of every median: half of its 95 % interval over the median. Rounds are added until
  /// every median reaches it or the budget is spent; `nil` if the number of trials is fixed.
  public var precision: Double?
  /// The time budget in nanoseconds: no round is started that would end after it.
  public var budget: UInt64?

  /// The most cores that other programs may keep busy during a trial that counts; `nil` is the suite's own limit.
  public var mostForeignLoad: Double?

  /// The number of trials of all configurations, including warm-ups; the minimum if a precision is given.
  public var trialCount: Int { configurations.count * (trials + warmUps) }

  /// Creates a plan.
  public init(configurations: [Configuration], trials: Int, warmUps: Int, seed: UInt64? = nil) {
    self.configurations = configurations
    self.trials = trials
    self.warmUps = warmUps
    self.seed = seed
  }
}
