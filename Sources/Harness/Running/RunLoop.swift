import Analysis
import Platform
import Records
import Statistics

/// Carries out a plan, trial by trial: first its rounds, then what a refinement chooses while the budget lasts.
///
/// A plan can be carried out with the executables of several suites, such as a new one and an old one. In every round, each
/// configuration is then tried with one right after the other, in random order.
public struct RunLoop<Runner: TrialRunner> {
  /// A trial that is about to start.
  public struct Step: Equatable, Sendable {
    /// The number of the trial in the run, from 0.
    public let position: Int
    /// The number of trials in the run.
    public let count: Int
    /// The configuration of the trial.
    public let configuration: Configuration
    /// The position of the suite whose executable is about to run.
    public let suite: Int
    /// The expected duration of it and all later trials, in nanoseconds.
    public let timeLeft: Double
  }

  private let runners: [Runner]
  private let plan: Plan
  private let refinement: Refinement?
  private let timeout: UInt64?
  private let now: () -> UInt64
  private var estimate: TimeEstimate
  /// What was measured with each suite.
  private var measured: [MeasuredRun]
  private var answers = Answers()
  /// The places of the trials that an earlier process has finished.
  private var finished: Set<Trial.Place> = []
  private var position = 0
  /// The nanoseconds that an earlier process spent on trials.
  private var spent = 0.0

  /// Makes a loop.
  ///
  /// - Parameters:
  ///   - runner: The runner of the trials.
  ///   - other: The runner of the trials of a second suite; `nil` if there is none.
  ///   - plan: The plan to carry out.
  ///   - refinement: What to try after the planned rounds if the plan has a budget (default: what the plan's precision
  ///     needs, or without one, the trials that were disturbed).
  ///   - timeout: The time limit of a trial in nanoseconds; `nil` if it follows from the estimate.
  ///   - estimate: The expected duration of each trial.
  ///   - now: The clock for the plan's budget, in nanoseconds.
  public init(
    _ runner: Runner, beside other: Runner? = nil, _ plan: Plan, refinement: Refinement? = nil,
    timeout: UInt64?, estimate: TimeEstimate,
    now: @escaping () -> UInt64 = Clock.monotonic.now
  ) {
    runners = [runner] + (other.map { [$0] } ?? [])
    self.plan = plan
    self.refinement =
      refinement ?? plan.precision.map { .toPrecision($0) } ?? .replacingDisturbed(upTo: plan.trials)
    self.timeout = timeout
    self.estimate = estimate
    self.now = now
    measured = runners.map { _ in MeasuredRun(plan, effectiveCPUs: estimate.effectiveCPUs) }
  }

  /// Takes over the trials of the first suite that an earlier process has finished, so that they are not repeated.
  ///
  /// - Parameter trials: Trials of the same plan.
  public mutating func resume(after trials: [Trial]) {
    for trial in trials {
      finished.insert(trial.place)
      position += 1
      spent += Double(trial.process?.wall ?? 0)
      learn(trial, suite: 0)
      if let report = trial.report {
        answers.learn(report.result, of: plan.configurations[trial.configuration])
      }
    }
  }

  /// Carries out the rest of the plan.
  ///
  /// - Parameters:
  ///   - willTry: Called before each trial.
  ///   - didTry: Called with each finished trial and the position of its suite; an error that it throws ends the run.
  /// - Throws: `Interruption`, and any error of `didTry`.
  public mutating func carryOut(willTry: (Step) -> Void, didTry: (Trial, Int) throws -> Void) throws {
    let start = now()
    let planned = plan.warmUps + plan.trials
    for round in 0..<planned {
      try carryOut(
        round, plan.trials(ofRound: round).filter { !finished.contains($0.place) }, willTry, didTry)
    }
    var round = max(
      planned, (finished.lazy.filter { !$0.warmUp }.map(\.round).max() ?? -1) + plan.warmUps + 1)
    while case let chosen = refined(after: spent + Double(now() - start)), !chosen.isEmpty {
      let trials = plan.trials(ofRound: round).filter { chosen.contains($0.configuration) }
      try carryOut(round, trials, willTry, didTry)
      round += 1
    }
  }

  /// Carries out the rest of the plan of one suite.
  ///
  /// - Parameters:
  ///   - willTry: Called before each trial.
  ///   - didTry: Called with each finished trial; an error that it throws ends the run.
  /// - Throws: `Interruption`, and any error of `didTry`.
  public mutating func carryOut(willTry: (Step) -> Void, didTry: (Trial) throws -> Void) throws {
    try carryOut(willTry: willTry) { trial, _ in try didTry(trial) }
  }

  private mutating func carryOut(
    _ round: Int, _ trials: [Trial], _ willTry: (Step) -> Void, _ didTry: (Trial, Int) throws -> Void
  ) throws {
    for (place, trial) in trials.enumerated() {
      let configuration = plan.configurations[trial.configuration]
      for (turn, suite) in plan.order(ofSuites: runners.count, round, trial.configuration).enumerated() {
        let rest = (trials.count - place) * runners.count - turn
        willTry(
          Step(
            position: position, count: max(plan.trialCount * runners.count, position + rest),
            configuration: configuration, suite: suite, timeLeft: timeLeft(after: round, trials[place...])))
        let tried = try carryOut(trial, configuration, suite)
        position += 1
        try didTry(tried, suite)
      }
    }
  }

  /// Returns the configurations to try in another round; empty if enough is known, or if the budget is spent.
  ///
  /// - Parameter spent: The time that the run has taken, in nanoseconds.
  private func refined(after spent: Double) -> Set<Int> {
    guard let refinement, let budget = plan.budget else { return [] }
    return refinement.choose(from: measured, within: Double(budget) - spent) {
      estimate.time(of: plan.configurations[$0]) * Double(runners.count)
    }
  }

  /// Returns the expected duration of the rest of a round and of the rounds after it, in nanoseconds.
  private func timeLeft(after round: Int, _ restOfRound: ArraySlice<Trial>) -> Double {
    let times = plan.configurations.map { estimate.time(of: $0) * Double(runners.count) }
    let wholeRounds = max(0, plan.warmUps + plan.trials - round - 1)
    return times.reduce(0, +) * Double(wholeRounds) + restOfRound.reduce(0) { $0 + times[$1.configuration] }
  }

  private mutating func carryOut(
    _ planned: Trial, _ configuration: Configuration, _ suite: Int
  ) throws(Interruption) -> Trial {
    var trial = planned
    switch try runners[suite].run(
      configuration, timeout: timeout ?? estimate.timeout(of: configuration))
    {
    case .measured(let process, let report):
      trial.process = process
      trial.failure = answers.contradiction(of: report.result, by: configuration)
      if trial.failure == nil {
        trial.report = report
        answers.learn(report.result, of: configuration)
      }
    case .failed(let reason, let process):
      (trial.process, trial.failure) = (process, reason)
    }
    learn(trial, suite: suite)
    return trial
  }

  /// Updates the estimate and the measurements from a trial.
  private mutating func learn(_ trial: Trial, suite: Int) {
    if trial.report != nil, let wall = trial.process?.wall {
      estimate.learn(plan.configurations[trial.configuration], took: wall)
    }
    measured[suite].add(trial)
  }
}

extension Plan {
  /// Returns the planned trials of a round in order, one per configuration. Warm-up rounds are counted.
  func trials(ofRound round: Int) -> [Trial] {
    order(of: round).map { configuration in
      Trial(
        configuration: configuration, round: round < warmUps ? round : round - warmUps,
        warmUp: round < warmUps)
    }
  }

  /// Returns the order of the configurations in a round. Warm-up rounds are counted.
  private func order(of round: Int) -> [Int] {
    guard let seed else { return Array(configurations.indices) }
    return randomOrder(of: configurations.count, seed: seed &+ UInt64(round))
  }

  /// Returns the order in which a configuration is tried with each of several suites in a round.
  fileprivate func order(ofSuites count: Int, _ round: Int, _ configuration: Int) -> [Int] {
    guard let seed, count > 1 else { return Array(0..<count) }
    // Another seed than that of any round's order.
    return randomOrder(of: count, seed: seed ^ (UInt64(round) << 40) ^ UInt64(configuration + 1) << 20)
  }
}
