/// What trials are repeated for: a model, a workload, a kernel and a number of workers.
public struct Configuration: Codable, Hashable, Sendable {
  /// The concurrency model.
  public var model: String
  /// What is computed.
  public var workload: String
  /// The inner loop that computes it.
  public var kernel: String
  /// The number of workers.
  public var workers: Int
  /// The N of a workload that treats every number 0…N.
  public var upTo: UInt64?
  /// The nanoseconds that a workload of fixed time takes.
  public var duration: UInt64?

  /// Describes a configuration.
  public init(
    model: String, workload: String, kernel: String = "scalar", workers: Int, upTo: UInt64? = nil,
    duration: UInt64? = nil
  ) {
    self.model = model
    self.workload = workload
    self.kernel = kernel
    self.workers = workers
    self.upTo = upTo
    self.duration = duration
  }
}

extension Configuration {
  /// The configuration without model, kernel and workers: what is to be computed. It has one right answer.
  public var work: Configuration {
    var work = self
    (work.model, work.kernel, work.workers) = ("", "", 0)
    return work
  }
}

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
