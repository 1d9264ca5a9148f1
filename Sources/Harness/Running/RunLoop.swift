import Analysis
import Platform
import Records
import Statistics

/// Carries out a plan, trial by trial.
public struct RunLoop<Runner: TrialRunner> {
  /// A trial that is about to start.
  public struct Step: Equatable, Sendable {
    /// The number of the trial in the run, from 0.
    public let position: Int
    /// The number of trials in the run.
    public let count: Int
    /// The configuration of the trial.
    public let configuration: Configuration
    /// The expected duration of it and all later trials, in nanoseconds.
    public let timeLeft: Double
  }

  private let runner: Runner
  private let plan: Plan
  private let timeout: UInt64?
  private let now: () -> UInt64
  private var estimate: TimeEstimate
  private var measured: MeasuredRun
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
  ///   - plan: The plan to carry out.
  ///   - timeout: The time limit of a trial in nanoseconds; `nil` if it follows from the estimate.
  ///   - estimate: The expected duration of each trial.
  ///   - now: The clock for the plan's budget, in nanoseconds.
  public init(
    _ runner: Runner, _ plan: Plan, timeout: UInt64?, estimate: TimeEstimate,
    now: @escaping () -> UInt64 = Clock.monotonic.now
  ) {
    self.runner = runner
    self.plan = plan
    self.timeout = timeout
    self.estimate = estimate
    self.now = now
    measured = MeasuredRun(plan, effectiveCPUs: estimate.effectiveCPUs)
  }

  /// Takes over the trials that an earlier process has finished, so that they are not repeated.
  ///
  /// - Parameter trials: Trials of the same plan.
  public mutating func resume(after trials: [Trial]) {
    for trial in trials {
      finished.insert(trial.place)
      position += 1
      spent += Double(trial.process?.wall ?? 0)
      learn(trial)
      if let report = trial.report {
        answers.learn(report.result, of: plan.configurations[trial.configuration])
      }
    }
  }

  /// Carries out the rest of the plan.
  ///
  /// - Parameters:
  ///   - willTry: Called before each trial.
  ///   - didTry: Called with each finished trial; an error that it throws ends the run.
  /// - Throws: `Interruption`, and any error of `didTry`.
  public mutating func carryOut(willTry: (Step) -> Void, didTry: (Trial) throws -> Void) throws {
    let start = now()
    var round = 0
    while round < plan.warmUps + plan.trials || hasFinishedSome(of: round)
      || isWorthAnotherRound(after: spent + Double(now() - start))
    {
      let trials = plan.trials(ofRound: round).filter { !finished.contains($0.place) }
      for (place, trial) in trials.enumerated() {
        let configuration = plan.configurations[trial.configuration]
        willTry(
          Step(
            position: position, count: max(plan.trialCount, position - place + trials.count),
            configuration: configuration, timeLeft: timeLeft(after: round, trials[place...])))
        let tried = try carryOut(trial, configuration)
        position += 1
        try didTry(tried)
      }
      round += 1
    }
  }

  /// Returns whether an earlier process began the round, which must then be completed.
  private func hasFinishedSome(of round: Int) -> Bool {
    !finished.isEmpty && plan.trials(ofRound: round).contains { finished.contains($0.place) }
  }

  /// Returns whether another round is needed to reach the precision, and fits in the budget.
  ///
  /// - Parameter spent: The time that the run has taken, in nanoseconds.
  private func isWorthAnotherRound(after spent: Double) -> Bool {
    guard let precision = plan.precision, !plan.configurations.isEmpty else { return false }
    let time = spent + plan.configurations.map(estimate.time).reduce(0, +)
    if let budget = plan.budget, time > Double(budget) { return false }
    return !measured.medians(areWithin: precision)
  }

  /// Returns the expected duration of the rest of a round and of the rounds after it, in nanoseconds.
  private func timeLeft(after round: Int, _ restOfRound: ArraySlice<Trial>) -> Double {
    let times = plan.configurations.map(estimate.time)
    let wholeRounds = max(0, plan.warmUps + plan.trials - round - 1)
    return times.reduce(0, +) * Double(wholeRounds) + restOfRound.reduce(0) { $0 + times[$1.configuration] }
  }

  private mutating func carryOut(_ planned: Trial, _ configuration: Configuration) throws(Interruption)
    -> Trial
  {
    var trial = planned
    switch try runner.run(configuration, timeout: timeout ?? estimate.timeout(of: configuration)) {
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
    learn(trial)
    return trial
  }

  /// Updates the estimate and the precision from a trial.
  private mutating func learn(_ trial: Trial) {
    if trial.report != nil, let wall = trial.process?.wall {
      estimate.learn(plan.configurations[trial.configuration], took: wall)
    }
    measured.add(trial)
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
}
