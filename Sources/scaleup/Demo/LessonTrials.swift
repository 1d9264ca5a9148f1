import Analysis
import Harness
import Platform
import Records

/// The trials of a lesson: the rounds of its plan, then trials that replace those that other programs disturbed.
struct LessonTrials<Runner: TrialRunner> {
  private let runner: Runner
  private let plan: Plan
  private let timeout: UInt64
  private let effectiveCPUs: Int
  private let now: () -> UInt64

  /// Makes the trials of a plan without a budget.
  ///
  /// - Parameters:
  ///   - timeout: The time limit of a trial in nanoseconds.
  ///   - now: The clock for the time of the retaken trials, in nanoseconds.
  init(
    _ runner: Runner, _ plan: Plan, timeout: UInt64, effectiveCPUs: Int,
    now: @escaping () -> UInt64 = Clock.monotonic.now
  ) {
    self.runner = runner
    self.plan = plan
    self.timeout = timeout
    self.effectiveCPUs = effectiveCPUs
    self.now = now
  }

  /// Carries out the trials.
  ///
  /// - Parameters:
  ///   - time: The time for all trials in nanoseconds. The rounds of the plan may take longer; trials that replace disturbed
  ///     ones begin only if they are expected to end in time.
  ///   - willTry: Called before each trial.
  ///   - didTry: Called with each finished trial.
  /// - Returns: The measurements, in the order of the plan.
  /// - Throws: `CommandFailure` if a trial fails; `Interruption`.
  func carryOut(
    within time: UInt64, willTry: (RunLoop<Runner>.Step) -> Void, didTry: (Trial) -> Void
  ) throws -> [MeasuredConfiguration] {
    var trials: [Trial] = []
    func record(_ trial: Trial) throws(CommandFailure) {
      didTry(trial)
      if trial.process == nil || trial.report == nil {
        throw CommandFailure(
          message: "a trial of the lesson failed: \(trial.failure ?? "no report")", status: 1)
      }
      trials.append(trial)
    }
    var planned = loop(plan)
    try planned.carryOut(willTry: willTry, didTry: record)
    var retaking = plan
    // The loop counts the walls of earlier trials as spent.
    retaking.budget = time
    var rest = loop(retaking)
    rest.resume(after: trials)
    try rest.carryOut(willTry: willTry, didTry: record)
    var measured = MeasuredRun(plan, effectiveCPUs: effectiveCPUs)
    for trial in trials { measured.add(trial) }
    return measured.configurations
  }

  private func loop(_ plan: Plan) -> RunLoop<Runner> {
    RunLoop(
      runner, plan, timeout: timeout, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: effectiveCPUs),
      now: now)
  }
}
