import Arguments
import FoundationEssentials
import Harness
import Platform
import Records
import Report

/// `scaleup run`: arguments → plan → trials → record → report.
enum RunCommand: Subcommand {
  static let syntax = Command(
    "scaleup run", summary: "try every model and workload at 1, 2, 4 … all CPUs, save the run, print tables",
    options: RunOptions.all)

  static func run(_ matches: Matches) throws -> ProgramOutput {
    let baseline = try Baseline(matches)
    let runner = try ChildRunner()
    let isQuiet = matches.has(RunOptions.quiet)
    let (notes, progress) = (Notes(isQuiet: isQuiet), ProgressLine(isQuiet: isQuiet))
    defer { progress.clear() }
    let suite = try ModelCatalog.findBesideThisProgram(runner)
    let peers = try PeerCatalog(
      matches, runner, beside: suite, where: { $0.workloads.map(\.name) != ["empty"] },
      willBuild: { progress.show("building the peer \($0)") })
    let catalog = suite.adding(peers)
    var (passport, hostName) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    var request: PlanRequest
    do {
      request = try PlanRequest(
        matches, catalog, effectiveCPUs: passport.effectiveCPUs, baseline: baseline?.run.plan)
    } catch {
      // A model that was asked for may be a peer that is not here, or cannot be built.
      progress.clear()
      notes.say(peers.absences + peers.problems)
      throw error
    }
    let (host, now) = (matches.value(of: RunOptions.label) ?? hostName, Date())
    let destination = try RunDestination(matches, host, now)

    progress.clear()
    notes.say(catalog.problems + catalog.missing.map { "scaleup-\($0) is missing; \(catalog.buildHint($0))" })
    notes.say(peers.absences + peers.notes)
    let timeout = matches.value(of: RunOptions.timeout)?.nanoseconds
    let recorder = ActivityRecorder()
    let trialRunner = ExecutableTrialRunner(catalog, runner, recorder: recorder)
    progress.show("measuring the speed of one worker")
    let measurement = try CostMeasurement(
      of: request,
      Calibration(trialRunner, limit: request.upTo, timeout: max(timeout ?? 60_000_000_000, 2_000_000_000)))
    progress.clear()
    request.models.removeAll { model in measurement.failures.contains { $0.peer == model.description.model } }
    var plan = request.plan(costs: measurement.costs)
    try baseline?.check(plan)
    if let (precision, budget) = PlanRequest.precision(matches) {
      (plan.precision, plan.budget) = (precision, budget)
    }
    plan.seed = matches.value(of: RunOptions.seed) ?? UInt64(UInt32.random(in: 0...UInt32.max))
    let tried = Set(plan.configurations.map(\.model))
    notes.say(
      request.models.filter { !tried.contains($0.description.model) }.map {
        "\($0.name) is left out: it has none of the chosen workloads, kernels and numbers of workers"
      })
    let estimate = TimeEstimate(costs: measurement.costs, effectiveCPUs: request.effectiveCPUs)
    notes.say(choices(in: plan, request, estimate))
    notes.warn(of: &passport, mostWorkers: plan.configurations.map(\.workers).max())
    var run = RunRecord(host: host, startedAt: timestamp(now), passport: passport, plan: plan)
    run.countersReason = recorder.countersReason
    let loop = RunLoop(trialRunner, timeout: timeout, estimate: estimate)
    if progress.isShown { runner.onTick = progress.paint }
    try carryOut(loop, &run, destination, progress, notes)
    let problems = peers.problems + measurement.failures.map { "\($0.peer) is left out: \($0.reason)" }
    let result = try output(of: run, OutputFormat(matches), problems)
    return try baseline.map { try $0.adding(run, to: result, OutputFormat(matches)) } ?? result
  }

  /// The run as it is printed. What failed without leaving a trace in it is told on standard error.
  private static func output(
    of run: RunRecord, _ format: OutputFormat, _ problems: [String]
  ) throws -> ProgramOutput {
    let lines = problems.map { "FAILED: \(Readable.line($0, limit: 1000))\n" }.joined()
    let hasFailures = !problems.isEmpty || run.trials.contains { $0.failure != nil }
    return ProgramOutput(
      output: try format.text(of: run), error: lines + (format.isForMachines ? failureReport(of: run) : ""),
      status: hasFailures ? 1 : 0)
  }

  /// What was chosen for the user, a line each.
  private static func choices(
    in plan: Plan, _ request: PlanRequest, _ estimate: TimeEstimate
  ) -> [String] {
    var seen: Set<String> = []
    return plan.configurations.compactMap { configuration in
      guard seen.insert(configuration.workload).inserted else { return nil }
      var lone = configuration
      lone.workers = 1
      let time = Readable.duration(nanoseconds: estimate.time(of: lone))
      if let chosen = configuration.upTo, request.givenAmount(of: configuration.workload) == nil {
        return "\(configuration.workload): N = \(Readable.round(chosen)), about \(time) for one worker here"
      }
      let isChosen = configuration.duration != nil && request.givenDuration == nil
      return isChosen ? "\(configuration.workload): \(time) a trial" : nil
    }
  }

  /// Tries everything in the plan, and saves the run after every trial.
  private static func carryOut(
    _ loop: RunLoop<ExecutableTrialRunner>, _ run: inout RunRecord, _ destination: RunDestination?,
    _ progress: ProgressLine, _ notes: Notes
  ) throws {
    var (loop, destination, encoder) = (loop, destination, RunEncoder())
    do {
      try loop.carryOut(&run, willTry: progress.begin) { run in
        try destination?.save(encoder.text(of: run))
      }
    } catch let interruption as Interruption {
      progress.clear()
      let kept = destination.flatMap { run.trials.isEmpty ? nil : "; kept in \($0.path)" } ?? ""
      notes.say(["interrupted after \(run.trials.count) of \(run.plan.trialCount) trials\(kept)"])
      throw interruption
    }
    progress.clear()
    if let destination { notes.say(["saved \(destination.path)"]) }
  }
}
