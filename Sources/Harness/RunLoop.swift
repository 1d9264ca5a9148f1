import Platform
import Records
import Statistics

/// Carries out a plan, trial by trial.
public struct RunLoop<Runner: TrialRunner> {
  /// What is about to be tried.
  public struct Step: Equatable, Sendable {
    /// Which trial of the run it is, from 0.
    public let position: Int
    /// The number of trials in the run.
    public let count: Int
    /// What is tried.
    public let configuration: Configuration
    /// The nanoseconds that it and all after it will take, as far as one can tell.
    public let timeLeft: Double
  }

  private let runner: Runner
  private let timeout: UInt64?
  private var estimate: TimeEstimate
  private let now: () -> UInt64
  private var answers: [Configuration: (result: ExactInteger, model: String)] = [:]

  /// Makes a loop.
  ///
  /// - Parameters:
  ///   - runner: Carries out the trials.
  ///   - timeout: The nanoseconds that a trial may take; `nil` where they follow from the estimate.
  ///   - estimate: How long trials will take.
  ///   - now: The clock for the plan's budget, in nanoseconds.
  public init(
    _ runner: Runner, timeout: UInt64?, estimate: TimeEstimate,
    now: @escaping () -> UInt64 = Clock.monotonic.now
  ) {
    self.now = now
    self.runner = runner
    self.timeout = timeout
    self.estimate = estimate
  }

  /// Carries out the plan of a run, and appends its trials to the run.
  ///
  /// - Parameters:
  ///   - run: The run; when this throws, it has every trial that was finished.
  ///   - willTry: Called before each trial.
  ///   - didTry: Called after each trial, with the run as it then is; what it throws ends the run.
  /// - Throws: `Interruption`, and what `didTry` throws.
  public mutating func carryOut(
    _ run: inout RunRecord, willTry: (Step) -> Void, didTry: (RunRecord) throws -> Void
  ) throws {
    let start = now()
    var round = 0
    while round < run.plan.warmUps + run.plan.trials || isWorthAnotherRound(run, since: start) {
      let trials = run.plan.trials(ofRound: round)
      for (place, trial) in trials.enumerated() {
        let configuration = run.plan.configurations[trial.configuration]
        let position = run.trials.count
        willTry(
          Step(
            position: position, count: max(run.plan.trialCount, position - place + trials.count),
            configuration: configuration, timeLeft: timeLeft(in: run.plan, round, trials[place...])))
        run.trials.append(try carryOut(trial, configuration))
        try didTry(run)
      }
      round += 1
    }
  }

  /// Whether a precision is to be reached that is not reached yet, and there is time for another round.
  private func isWorthAnotherRound(_ run: RunRecord, since start: UInt64) -> Bool {
    guard let precision = run.plan.precision, !run.plan.configurations.isEmpty else { return false }
    let time = Double(now() - start) + run.plan.configurations.map(estimate.time).reduce(0, +)
    if let budget = run.plan.budget, time > Double(budget) { return false }
    return !run.medians(areWithin: precision)
  }

  /// The nanoseconds that the trials from a position on will take: whole rounds, and the rest of this one.
  private func timeLeft(in plan: Plan, _ round: Int, _ restOfRound: ArraySlice<Trial>) -> Double {
    let times = plan.configurations.map(estimate.time)
    let wholeRounds = max(0, plan.warmUps + plan.trials - round - 1)
    return times.reduce(0, +) * Double(wholeRounds) + restOfRound.reduce(0) { $0 + times[$1.configuration] }
  }

  private mutating func carryOut(_ trial: Trial, _ configuration: Configuration) throws(Interruption) -> Trial
  {
    var trial = trial
    switch try runner.run(configuration, timeout: timeout ?? estimate.timeout(of: configuration)) {
    case .measured(let process, let report):
      trial.process = process
      if let other = differingAnswer(configuration, report.result) {
        trial.failure =
          "scaleup-\(configuration.model) computed \(report.result), and scaleup-\(other.model) \(other.result)"
      } else {
        trial.report = report
        estimate.learn(configuration, took: process.wall)
      }
    case .failed(let reason, let process):
      (trial.process, trial.failure) = (process, reason)
    }
    return trial
  }
}

extension RunLoop {
  /// The first answer of the run to the same question, where it differs: for a fixed amount of work there is
  /// one right answer, also where no formula gives it. A peer's may be inexact, and says nothing of the others.
  private mutating func differingAnswer(
    _ configuration: Configuration, _ result: ExactInteger
  ) -> (result: ExactInteger, model: String)? {
    guard configuration.upTo != nil, configuration.isPeer != true else { return nil }
    guard let first = answers[configuration.work] else {
      answers[configuration.work] = (result, configuration.model)
      return nil
    }
    return first.result == result ? nil : first
  }
}

extension Plan {
  /// The trials of a round, warm-ups counted, in their order and not carried out yet: one of every configuration.
  func trials(ofRound round: Int) -> [Trial] {
    order(of: round).map { configuration in
      Trial(
        configuration: configuration, round: round < warmUps ? round : round - warmUps,
        warmUp: round < warmUps)
    }
  }

  /// The order of the configurations in a round, warm-ups counted.
  private func order(of round: Int) -> [Int] {
    guard let seed else { return Array(configurations.indices) }
    return randomOrder(of: configurations.count, seed: seed &+ UInt64(round))
  }
}
