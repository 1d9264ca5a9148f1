/// A plan executed on a machine, with every raw trial: `scaleup.run/1`.
public struct RunRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.run

  /// The format's name and version.
  public var schema = SchemaTag<RunRecord>()
  /// The version of the suite.
  public var version: String
  /// The name of the machine, or the label that replaces it.
  public var host: String
  /// The time at which the run started, in UTC, in the format of RFC 3339.
  public var startedAt: String
  /// The host information.
  public var passport: Passport
  /// The plan.
  public var plan: Plan
  /// The trials, in order.
  public var trials: [Trial]
  /// The times at which the run was resumed, in UTC; `nil` if it never was.
  public var resumedAt: [String]?
  /// The reason cycles, instructions or migrations were not counted; `nil` if all of them were.
  public var countersReason: String?
  /// The runs that were joined into this one, in the order of their rounds; `nil` if it is a single run.
  public var mergedFrom: [Part]?
  /// Whether the executables of another suite were tried in the same rounds; `nil` means no. The two runs have their start
  /// and their plan in common.
  public var sharesRounds: Bool?

  /// Creates a run.
  public init(
    version: String = suiteVersion, host: String, startedAt: String, passport: Passport, plan: Plan,
    trials: [Trial] = []
  ) {
    self.version = version
    self.host = host
    self.startedAt = startedAt
    self.passport = passport
    self.plan = plan
    self.trials = trials
  }
}

extension RunRecord {
  /// Returns whether two sides are the two runs of suites that were tried in the same rounds
  /// (`scaleup run --baseline-suite`).
  public static func shareRounds(_ sides: [[RunRecord]]) -> Bool {
    guard sides.count == 2, let one = sides[0].first, let other = sides[1].first else {
      return false
    }
    return sides.allSatisfy { $0.count == 1 && $0[0].sharesRounds == true } && one.host == other.host
      && one.startedAt == other.startedAt
      && one.plan == other.plan
  }

  /// One of the runs that were joined into a run. Its rounds follow those of the parts before it.
  public struct Part: Codable, Equatable, Sendable {
    /// The time at which it started, in UTC, in the format of RFC 3339.
    public var startedAt: String
    /// The seed of its random order; `nil` if it had none.
    public var seed: UInt64?
    /// The number of its measured rounds.
    public var rounds: Int
    /// The number of its warm-up rounds.
    public var warmUps: Int

    /// Creates a part.
    public init(startedAt: String, seed: UInt64?, rounds: Int, warmUps: Int) {
      self.startedAt = startedAt
      self.seed = seed
      self.rounds = rounds
      self.warmUps = warmUps
    }
  }
}

/// One execution of one model executable: one sample.
public struct Trial: Codable, Equatable, Sendable {
  /// The index of the configuration in the plan.
  public var configuration: Int
  /// The round, from 0; warm-up rounds come first and are numbered separately.
  public var round: Int
  /// Whether this was a warm-up, which is discarded.
  public var warmUp: Bool
  /// The process's resources, as accounted by the kernel; `nil` if it could not be started.
  public var process: ProcessRecord?
  /// The executable's report; `nil` if the trial failed.
  public var report: TrialRecord?
  /// The reason the trial failed; `nil` if it succeeded. Failed trials are not evaluated.
  public var failure: String?

  /// Creates a trial.
  public init(
    configuration: Int, round: Int, warmUp: Bool, process: ProcessRecord? = nil, report: TrialRecord? = nil,
    failure: String? = nil
  ) {
    self.configuration = configuration
    self.round = round
    self.warmUp = warmUp
    self.process = process
    self.report = report
    self.failure = failure
  }
}

/// The resources used by one execution, as accounted by the kernel for the process and its reaped
/// descendants.
public struct ProcessRecord: Codable, Equatable, Sendable {
  /// The time from spawning to reaping, in nanoseconds.
  public var wall: UInt64
  /// CPU time in user mode, in nanoseconds.
  public var userTime: UInt64
  /// CPU time in the kernel, in nanoseconds.
  public var systemTime: UInt64
  /// Context switches because a process waited.
  public var voluntaryContextSwitches: Int
  /// Context switches because the kernel preempted a process.
  public var involuntaryContextSwitches: Int
  /// Page faults without I/O.
  public var minorPageFaults: Int
  /// Page faults with I/O.
  public var majorPageFaults: Int
  /// The state of the machine during the execution; `nil` if it was not recorded.
  public var activity: Activity?

  /// Creates a record of one execution.
  public init(
    wall: UInt64, userTime: UInt64, systemTime: UInt64, voluntaryContextSwitches: Int,
    involuntaryContextSwitches: Int, minorPageFaults: Int, majorPageFaults: Int
  ) {
    self.wall = wall
    self.userTime = userTime
    self.systemTime = systemTime
    self.voluntaryContextSwitches = voluntaryContextSwitches
    self.involuntaryContextSwitches = involuntaryContextSwitches
    self.minorPageFaults = minorPageFaults
    self.majorPageFaults = majorPageFaults
  }
}
