import Arguments
import Formatting
import FoundationEssentials
import Harness
import Platform
import Records

/// A run that is about to be carried out, from its beginning or from where it ended early.
struct PlannedRun {
  /// The run, with the trials that it has already.
  var run: RunRecord
  /// How long its trials will take.
  let estimate: TimeEstimate
  /// Where it is saved; `nil` where it is not to be saved.
  let destination: RunDestination?
  /// What is left out because it failed before the run, a line each.
  let problems: [String]

  /// Plans what the options ask for: measures the speed of one worker, and chooses what is not asked for.
  ///
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`.
  init(_ matches: Matches, _ setting: RunSetting, _ baseline: Baseline?) throws {
    var request = try Self.request(matches, setting, baseline)
    let (host, now) = (matches.value(of: RunOptions.label) ?? setting.host, Date())
    destination = try RunDestination(matches, host, now)
    setting.tellAbsences()
    let measurement = try Self.measureCosts(of: request, setting)
    request.models.removeAll { model in measurement.failures.contains { $0.peer == model.description.model } }
    var plan = request.plan(costs: measurement.costs)
    try baseline?.check(plan)
    if let (precision, budget) = PlanRequest.precision(matches) {
      (plan.precision, plan.budget) = (precision, budget)
    }
    plan.seed = matches.value(of: RunOptions.seed) ?? UInt64(UInt32.random(in: 0...UInt32.max))
    estimate = TimeEstimate(costs: measurement.costs, effectiveCPUs: request.effectiveCPUs)
    setting.notes.say(request.modelsLeftOut(of: plan) + request.choices(in: plan, estimate))
    var passport = setting.passport
    setting.notes.warn(of: &passport, mostWorkers: plan.configurations.map(\.workers).max())
    run = RunRecord(host: host, startedAt: timestamp(now), passport: passport, plan: plan)
    run.countersReason = setting.recorder.countersReason
    problems =
      setting.peers.problems + measurement.failures.map { "\($0.peer) is left out: \($0.reason)" }
  }

  /// A run that ended early.
  init(resuming run: RunRecord, _ estimate: TimeEstimate, _ destination: RunDestination) {
    (self.run, self.estimate, self.destination, problems) = (run, estimate, destination, [])
  }

  private static func request(
    _ matches: Matches, _ setting: RunSetting, _ baseline: Baseline?
  ) throws -> PlanRequest {
    do {
      return try PlanRequest(
        matches, setting.catalog, effectiveCPUs: setting.passport.effectiveCPUs, baseline: baseline?.run.plan)
    } catch {
      // A model that was asked for may be a peer that is not here, or cannot be built.
      setting.notes.say(setting.peers.absences + setting.peers.problems)
      throw error
    }
  }

  private static func measureCosts(
    of request: PlanRequest, _ setting: RunSetting
  ) throws -> CostMeasurement {
    setting.progress.show("measuring the speed of one worker")
    defer { setting.progress.clear() }
    let timeout = max(setting.timeout ?? 60_000_000_000, 2_000_000_000)
    return try CostMeasurement(
      of: request, Calibration(setting.trialRunner, limit: request.upTo, timeout: timeout))
  }
}

extension PlanRequest {
  /// The models that were chosen and have nothing to do, a line each.
  fileprivate func modelsLeftOut(of plan: Plan) -> [String] {
    let tried = Set(plan.configurations.map(\.model))
    return models.filter { !tried.contains($0.description.model) }.map {
      "\($0.name) is left out: it has none of the chosen workloads, kernels and numbers of workers"
    }
  }

  /// What was chosen for the user, a line each.
  fileprivate func choices(in plan: Plan, _ estimate: TimeEstimate) -> [String] {
    var seen: Set<String> = []
    return plan.configurations.compactMap { configuration in
      guard seen.insert(configuration.workload).inserted else { return nil }
      var lone = configuration
      lone.workers = 1
      let time = Readable.duration(nanoseconds: estimate.time(of: lone))
      if let chosen = configuration.upTo, givenAmount(of: configuration.workload) == nil {
        return "\(configuration.workload): N = \(Readable.round(chosen)), about \(time) for one worker here"
      }
      let isChosen = configuration.duration != nil && givenDuration == nil
      return isChosen ? "\(configuration.workload): \(time) a trial" : nil
    }
  }
}
