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
    let runner = try ChildRunner()
    let catalog = try ModelCatalog.findBesideThisProgram(runner)
    let (passport, hostName) = Passport.ofThisMachine()
    let request = try PlanRequest(matches, catalog, effectiveCPUs: passport.effectiveCPUs)
    let (host, now) = (matches.value(of: RunOptions.label) ?? hostName, Date())
    let destination = try RunDestination(matches, host, now)

    let isQuiet = matches.has(RunOptions.quiet)
    let (notes, progress) = (Notes(isQuiet: isQuiet), ProgressLine(isQuiet: isQuiet))
    notes.say(catalog.problems + catalog.missing.map { "scaleup-\($0) is missing; \(catalog.buildHint($0))" })
    let trialRunner = ExecutableTrialRunner(catalog, runner)
    defer { progress.clear() }
    progress.show("measuring the speed of one worker")
    let rates = try rates(of: request, trialRunner)
    progress.clear()

    let plan = request.plan(rates: rates)
    let estimate = TimeEstimate(rates: rates, effectiveCPUs: request.effectiveCPUs)
    notes.say(choices(in: plan, request, estimate))
    var run = RunRecord(host: host, startedAt: timestamp(now), passport: passport, plan: plan)
    let timeout = matches.value(of: RunOptions.timeout)?.nanoseconds
    let loop = RunLoop(trialRunner, timeout: timeout, estimate: estimate)
    if progress.isShown { runner.onTick = progress.paint }
    try carryOut(loop, &run, destination, progress, notes)
    let format = OutputFormat(matches)
    let hasFailures = run.trials.contains { $0.failure != nil }
    return ProgramOutput(
      output: try format.text(of: run), error: format.isForMachines ? failureReport(of: run) : "",
      status: hasFailures ? 1 : 0)
  }

  /// The rate of one worker in each workload of fixed amount, found with the first model that has it.
  private static func rates(
    of request: PlanRequest, _ runner: ExecutableTrialRunner
  ) throws -> [String: Double] {
    var rates: [String: Double] = [:]
    for workload in request.workloads where workload.extent == .numbers {
      let model = request.models.first { $0.description.workloads.contains { $0.name == workload.name } }
      guard let model = model?.description.model else { continue }
      do {
        rates[workload.name] = try Calibration(runner).rate(model: model, workload: workload.name)
      } catch let failure as Calibration<ExecutableTrialRunner>.Failure {
        throw CommandFailure(
          message: "the speed of one worker cannot be measured: \(failure.reason)", status: 1)
      }
    }
    return rates
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
      if let chosen = configuration.upTo, request.upTo == nil {
        return "\(configuration.workload): N = \(Readable.round(chosen)), about \(time) for one worker here"
      }
      let isChosen = configuration.duration != nil && request.duration == nil
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
