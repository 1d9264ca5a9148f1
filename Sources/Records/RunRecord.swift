/// A plan carried out on a machine, with every raw trial: `scaleup.run/1`.
public struct RunRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.run

  /// The format's name and version.
  public var schema = SchemaTag<RunRecord>()
  /// The version of the suite.
  public var version: String
  /// The name of the machine, or the label that replaces it.
  public var host: String
  /// When the run started, in UTC, as RFC 3339 writes it.
  public var startedAt: String
  /// What the machine is.
  public var passport: Passport
  /// What was to be tried.
  public var plan: Plan
  /// What was tried, in order.
  public var trials: [Trial]
  /// When the run was carried on after it had ended early, in UTC; `nil` where it never was.
  public var resumedAt: [String]?
  /// Why cycles, instructions or migrations were not counted; `nil` where all were.
  public var countersReason: String?

  /// Describes a run.
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

/// One execution of one model executable: one sample.
public struct Trial: Codable, Equatable, Sendable {
  /// What was tried: a position in the plan's configurations.
  public var configuration: Int
  /// The round, from 0; warm-ups come first and are counted by themselves.
  public var round: Int
  /// Whether this was a warm-up, which does not count.
  public var warmUp: Bool
  /// What the kernel accounted for the process and its children; `nil` where it could not be started.
  public var process: ProcessRecord?
  /// What the executable reported; `nil` where the trial failed.
  public var report: TrialRecord?
  /// Why the trial failed; `nil` where it did not. A failed trial counts for nothing.
  public var failure: String?

  /// Describes a trial.
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

/// What the kernel accounted for one execution: the process and every descendant that was waited for.
public struct ProcessRecord: Codable, Equatable, Sendable {
  /// From spawned to reaped, in nanoseconds.
  public var wall: UInt64
  /// CPU time in user mode, in nanoseconds.
  public var userTime: UInt64
  /// CPU time in the kernel, in nanoseconds.
  public var systemTime: UInt64
  /// Times that a core was given away by waiting.
  public var voluntaryContextSwitches: Int
  /// Times that the kernel took a core away.
  public var involuntaryContextSwitches: Int
  /// Page faults without input or output.
  public var minorPageFaults: Int
  /// Page faults with.
  public var majorPageFaults: Int
  /// What the machine did meanwhile; `nil` where it was not watched.
  public var activity: Activity?

  /// Describes an execution.
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

extension RunRecord {
  /// What is impossible about a run that was read; `nil` for one that can be. Only such a run can be analysed.
  public var contradiction: String? {
    let possible = 0...1_000_000_000
    let counts = [plan.trials, plan.warmUps, passport.effectiveCPUs] + plan.configurations.map(\.workers)
    if !counts.allSatisfy(possible.contains) { return "has a count that cannot be" }
    if trials.contains(where: { $0.report?.hosts?.allSatisfy(\.isPossible) == false }) {
      return "has a machine that cannot be"
    }
    let known = plan.configurations.indices
    if !trials.allSatisfy({ known.contains($0.configuration) }) {
      return "has a trial of a configuration that is not in its plan"
    }
    return nil
  }
}
