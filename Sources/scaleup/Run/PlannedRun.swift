import Arguments
import Formatting
import Harness
import Platform
import Records

/// A run that is about to be carried out, from its beginning or from where it ended early.
struct PlannedRun {
  /// The run, with the trials that are finished.
  let run: RunRecord
  /// The expected duration of each trial.
  let estimate: TimeEstimate
  /// The results file; `nil` if the run is not saved.
  let destination: RunDestination?
  /// The results file of the baseline's suite; `nil` if there is none, or if the run is not saved.
  let baselineDestination: RunDestination?
  /// The trials after the planned rounds; `nil` is what the plan's precision needs.
  let refinement: Refinement?
  /// The programs that are left out because they failed before the run, a line each.
  let problems: [String]

  /// Returns the path of the results file after a number of trials; `nil` if nothing is saved.
  func savedPath(after count: Int) -> String? {
    count > 0 ? destination?.path : nil
  }
}

extension PlannedRun {
  /// Plans a new run from the measured costs, and prints what was chosen.
  ///
  /// - Throws: `UsageError` if nothing of it could be compared with the baseline; `CommandFailure` if the results file of
  ///   the baseline's suite is not writable.
  init(
    _ request: PlanRequest, _ measurement: CostMeasurement, _ session: RunSession, host: String,
    at time: UTCTime, _ destination: RunDestination?, _ baseline: Baseline?, refinement: Refinement?
  ) throws {
    var request = request
    request.models.removeAll { model in measurement.failures.contains { $0.peer == model.description.model } }
    var plan = request.plan(costs: measurement.costs)
    self.refinement = refinement
    // The run then ends as soon as the gates have decided.
    if refinement != nil { plan.precision = nil }
    try baseline?.check(plan)
    estimate = TimeEstimate(costs: measurement.costs, effectiveCPUs: request.effectiveCPUs)
    session.notes.say(
      request.idleModels(in: plan) + request.placementNotes + request.choices(in: plan, estimate)
        + request.commandTimes(in: plan, estimate) + [request.overrun(by: plan, estimate)].compactMap(\.self))
    var passport = session.passport
    session.notes.warn(
      of: &passport, mostWorkers: plan.configurations.map(\.workers).max(),
      others: session.peers.environmentWarnings())
    var run = RunRecord(host: host, startedAt: time.text, passport: passport, plan: plan)
    run.countersReason = session.recorder.countersReason
    if session.baselineSuite != nil { run.sharesRounds = true }
    self.run = run
    self.destination = destination
    baselineDestination = try session.baselineSuite.flatMap { _ in try destination?.forBaseline() }
    problems =
      session.failures + measurement.failures.map { "\($0.peer) is left out: \($0.reason)" }
  }
}

extension PlanRequest {
  /// The chosen models that have nothing to do, a line each.
  fileprivate func idleModels(in plan: Plan) -> [String] {
    let tried = Set(plan.configurations.map(\.model))
    return models.filter { !tried.contains($0.description.model) }.map {
      "\($0.name) is left out: it has none of the chosen workloads, kernels and worker counts"
    }
  }

  /// The limits of a placement for some of the chosen models, a line each; empty without a placement.
  fileprivate var placementNotes: [String] {
    guard let placement else { return [] }
    func names(_ unit: ModelDescription.PlacedUnit?) -> String? {
      let names = models.filter { $0.description.placement == unit && $0.description.maximumWorkers > 1 }.map(
        \.name)
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    return [
      names(.process).map {
        "\($0): --placement \(placement) applies to the process as a whole, because single workers cannot be placed"
      },
      names(nil).map { "\($0): not placed" },
    ].compactMap(\.self)
  }

  /// A line if the fewest trials take noticeably longer than the budget; otherwise `nil`.
  fileprivate func overrun(by plan: Plan, _ estimate: TimeEstimate) -> String? {
    let rounds = plan.trials + plan.warmUps
    let time = Double(rounds * suites) * plan.configurations.reduce(0) { $0 + estimate.time(of: $1) }
    guard time > 1.2 * Double(budget), !hasCommands else { return nil }
    return
      "\(Readable.count(rounds, "round")) of \(Readable.count(plan.configurations.count, "configuration")) take about "
      + "\(Readable.duration(nanoseconds: time)), longer than the budget (choose fewer with --model, --workers or --kernel)"
  }

  /// The measured time of every command by number of workers, a line each, and the duration of the whole run.
  fileprivate func commandTimes(in plan: Plan, _ estimate: TimeEstimate) -> [String] {
    if !hasCommands { return [] }
    var order: [String] = []
    var times: [String: [String]] = [:]
    for configuration in plan.configurations {
      let time = estimate.time(of: configuration)
      if time <= 0 { continue }
      if times[configuration.model] == nil { order.append(configuration.model) }
      let workers =
        configuration.command?.isParallel == true
        ? "\(configuration.workers) at once" : Readable.count(configuration.workers, "worker")
      times[configuration.model, default: []].append(
        "\(Readable.duration(nanoseconds: time)) with \(workers)")
    }
    let missing =
      plan.configurations.contains { $0.workers == 1 }
      ? [] : ["no speedups without one worker (add 1 to the worker counts)"]
    return order.map { "\($0): \((times[$0] ?? []).joined(separator: ", "))" }
      + (order.isEmpty ? [] : [roundsText(plan, estimate)]) + missing
  }

  private func roundsText(_ plan: Plan, _ estimate: TimeEstimate) -> String {
    let rounds = plan.trials + plan.warmUps
    let time = Double(rounds) * plan.configurations.reduce(0) { $0 + estimate.time(of: $1) }
    let more = plan.precision.map { precision in
      time > Double(budget)
        ? ", longer than the budget of \(Readable.duration(nanoseconds: Double(budget)))"
        : "; further rounds until every median reaches ±\(Readable.percent(precision)), up to "
          + Readable.duration(nanoseconds: Double(budget))
    }
    return
      "\(Readable.count(rounds, "round")) of \(Readable.count(plan.configurations.count, "configuration")) take"
      + "\(rounds == 1 ? "s" : "") about \(Readable.duration(nanoseconds: time))\(more ?? "")"
  }

  /// A line about the rate and the duration that were chosen for a service; `nil` if both were given.
  private func requestChoice(_ traffic: Traffic, _ configuration: Configuration) -> String? {
    let rate = traffic.rate.flatMap { rate in
      self.traffic.rate == nil
        ? "\(Readable.rate(rate)), half of what the slowest configuration answers" : nil
    }
    let time = givenDuration == nil ? configuration.duration : nil
    let parts = [rate, time.map { "\(Readable.duration(nanoseconds: Double($0))) per trial" }]
    let known = parts.compactMap(\.self)
    return known.isEmpty ? nil : "\(configuration.workload): \(known.joined(separator: ", "))"
  }

  /// A line about the arrays of `memory` and the models that stream through them.
  private func arraysChoice(_ configuration: Configuration, in plan: Plan) -> String? {
    guard let size = configuration.size, let elements = configuration.elements, let upTo = configuration.upTo
    else { return nil }
    let models = Set(plan.configurations.filter { $0.operation != nil }.map(\.model))
    let isTrimmed = self.models.contains {
      !models.contains($0.description.model)
        && $0.description.workloads.contains { $0.name == configuration.workload }
    }
    return
      "\(configuration.workName): \(Readable.count(Int(clamping: upTo / elements + 1), "time")) through three arrays of "
      + Readable.memory(bytes: size)
      + (isTrimmed
        ? ", with \(models.sorted().joined(separator: " and ")) only, to keep within the budget (--workload memory measures all)"
        : "")
  }

  /// The amounts and durations that were chosen for the user, a line per workload and kernel.
  fileprivate func choices(in plan: Plan, _ estimate: TimeEstimate) -> [String] {
    var seen: Set<[String]> = []
    return plan.configurations.compactMap { configuration in
      guard configuration.command == nil,
        seen.insert([configuration.workName, configuration.kernel]).inserted
      else { return nil }
      if configuration.operation != nil { return arraysChoice(configuration, in: plan) }
      var single = configuration
      single.workers = 1
      let time = Readable.duration(nanoseconds: estimate.time(of: single))
      if let chosen = configuration.upTo, givenAmount(of: configuration) == nil {
        let kernel = configuration.kernel == "scalar" ? "" : " with the \(configuration.kernel) kernel"
        let isGreater = plan.configurations.contains {
          $0.work.workload == configuration.workload && $0.kernel == configuration.kernel
            && $0.isPeer == configuration.isPeer && ($0.upTo ?? 0) > chosen
        }
        return
          "\(configuration.workload)\(kernel): N = \(Readable.round(chosen)), about \(time) for one worker"
          + (isGreater ? "; more for more workers" : "")
      }
      if let traffic = configuration.traffic { return requestChoice(traffic, configuration) }
      let isChosen = configuration.duration != nil && givenDuration == nil
      return isChosen ? "\(configuration.workload): \(time) per trial" : nil
    }
  }
}
