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

  /// The trials in a row that count for nothing after which a configuration is not tried again.
  private static var mostFruitless: Int { 10 }

  private let runners: [Runner]
  private let plan: Plan
  private let refinement: Refinement?
  private let timeout: UInt64?
  private let now: () -> UInt64
  private var estimate: TimeEstimate
  /// The measurements with each suite.
  private var measured: [MeasuredRun]
  private var answers = Answers()
  /// The places of the trials that an earlier process has finished.
  private var finished: Set<Trial.Place> = []
  private var position = 0
  /// The nanoseconds that an earlier process spent on trials.
  private var spent = 0.0
  /// Whether the planned rounds are over.
  private var isRefining = false
  /// The trials of each configuration since its last one that counts, after the planned rounds.
  private var fruitless: [Int: Int] = [:]

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
        answers.learn(report, of: plan.configurations[trial.configuration])
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
    let last = finished.lazy.filter { !$0.warmUp }.map(\.round).max() ?? -1
    try refine(from: max(planned, last + plan.warmUps + 1), start, willTry, didTry)
  }

  /// Carries out further rounds while the refinement asks for them and the budget lasts.
  ///
  /// The uncertainties are computed again when there are a tenth more rounds: the more there are, the less one changes, and
  /// the longer that takes.
  private mutating func refine(
    from first: Int, _ start: UInt64, _ willTry: (Step) -> Void, _ didTry: (Trial, Int) throws -> Void
  ) throws {
    guard let refinement, let budget = plan.budget else { return }
    isRefining = true
    var (round, nextLook, chosen): (Int, Int, Set<Int>) = (first, first, [])
    while true {
      let left = Double(budget) - spent - Double(now() - start)
      if round >= nextLook || chosen.reduce(0, { $0 + cost(of: $1) }) > left {
        let hopeless = Set(fruitless.filter { $1 >= Self.mostFruitless }.keys)
        chosen = refinement.choose(from: measured, except: hopeless, within: left, costing: cost)
        nextLook = round + max(1, (round - plan.warmUps) / 10)
      }
      if chosen.isEmpty { return }
      let trials = plan.trials(ofRound: round).filter { chosen.contains($0.configuration) }
      try carryOut(round, trials, willTry, didTry)
      round += 1
    }
  }

  /// Counts the trials of a configuration that count for nothing, so that it does not take the whole budget.
  private mutating func noteRefined(_ trial: Trial) {
    let isCounted = measured[0].measurement(of: trial).map { !$0.isDisturbed } ?? false
    fruitless[trial.configuration] = isCounted ? 0 : fruitless[trial.configuration, default: 0] + 1
  }

  /// Returns the expected duration of trying a configuration with every suite, in nanoseconds.
  private func cost(of position: Int) -> Double {
    estimate.time(of: plan.configurations[position]) * Double(runners.count)
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

  /// Returns the expected duration of the rest of a round and of the rounds after it, in nanoseconds.
  private func timeLeft(after round: Int, _ restOfRound: ArraySlice<Trial>) -> Double {
    let times = plan.configurations.indices.map(cost)
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
      trial.failure = answers.contradiction(of: report, by: configuration)
      if trial.failure == nil {
        trial.report = report
        answers.learn(report, of: configuration)
      }
    case .failed(let reason, let process):
      (trial.process, trial.failure) = (process, reason)
    }
    learn(trial, suite: suite)
    if isRefining { noteRefined(trial) }
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
