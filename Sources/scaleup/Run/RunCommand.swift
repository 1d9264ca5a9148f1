import Analysis
import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// `scaleup run`: arguments → catalog → costs → plan → trials → record → report.
enum RunCommand: Subcommand {
  static let command = Command(
    "scaleup run",
    summary: "Measure every model and workload at 1, 2, 4 … all CPUs, print the results and save the run.",
    examples: [
      "scaleup run --workload sum --workers 1,2,4",
      "scaleup run --command \"zstd -T{workers} -f -k big -o /dev/null\"",
      "scaleup run --baseline results/before.json --gate time:5%",
    ],
    read: RunArguments.init)

  static func run(_ arguments: RunArguments) throws -> ProgramOutput {
    let saved = try arguments.comparison.baseline.map { try Baseline($0, gates: arguments.comparison.gates) }
    let (planned, runs) = try measure(arguments, saved)
    let result = try report(runs[0], planned, arguments)
    let baseline = runs.count > 1 ? Baseline(runs[1], gates: arguments.comparison.gates) : saved
    return try baseline?.adding(runs[0], to: result, arguments) ?? result
  }

  /// Plans and carries out a run, or continues one. The session ends with it: from then on, a signal ends the program.
  ///
  /// - Returns: The plan and the run, and the run of the baseline's suite if there is one.
  private static func measure(
    _ arguments: RunArguments, _ baseline: Baseline?
  ) throws -> (planned: PlannedRun, runs: [RunRecord]) {
    let unfinished = try arguments.comparison.resume.map { try UnfinishedRun($0) }
    let session = try RunSession(arguments, continuing: unfinished?.plan)
    let planned =
      try unfinished?.planned(session, refinement: refinement(arguments, baseline))
      ?? plan(arguments, session, baseline)
    let runs = try carryOut(planned, session, arguments.output)
    try session.cleanUp(planned.run.plan.configurations)
    return (planned, runs)
  }

  /// Returns the refinement that the gates need; `nil` without gates.
  private static func refinement(_ arguments: RunArguments, _ baseline: Baseline?) -> Refinement? {
    arguments.comparison.gates.isEmpty
      ? nil : .toGates(arguments.comparison.gates, baseline: baseline.map { MeasuredRun($0.run) })
  }

  /// Plans a run; amounts that were not given follow from the measured speed of one worker. The destination is claimed
  /// before anything is measured.
  private static func plan(
    _ arguments: RunArguments, _ session: RunSession, _ baseline: Baseline?
  ) throws -> PlannedRun {
    let request = try session.request(arguments, baseline)
    let (host, now) = (arguments.output.label ?? session.host, UTCTime.now())
    let destination = try RunDestination(arguments.output, host, now)
    session.reportMissing()
    try session.setUp(request.configurations)
    let costs = try session.costs(of: request)
    return try PlannedRun(
      request, costs, session, host: host, at: now, destination, baseline,
      refinement: refinement(arguments, baseline))
  }

  /// Carries out the rest of the plan, and saves the runs after every trial.
  private static func carryOut(
    _ planned: PlannedRun, _ session: RunSession, _ output: RunOutputArguments
  ) throws -> [RunRecord] {
    let stores = try stores(of: planned, session)
    var loop = RunLoop(
      session.trialRunner, beside: session.baselineSuite?.trialRunner, planned.run.plan,
      refinement: planned.refinement, timeout: session.timeout, estimate: planned.estimate)
    loop.resume(after: planned.run.trials)
    let (view, notes) = (LiveView(of: planned.run.plan, isQuiet: session.notes.isQuiet), session.notes)
    for trial in planned.run.trials { view.add(trial) }
    if view.isPainted { session.runner.onTick = view.paint }
    do {
      try loop.carryOut(
        willTry: view.begin,
        didTry: { trial, suite in
          if suite == 0 { view.add(trial) }
          try stores[suite].add(trial)
        })
      for store in stores { try store.finish() }
    } catch {
      view.clear()
      for store in stores { try? store.finish() }
      if output.isPrinted, stores[0].count > 0 {
        try? StandardStream.output.write(RunEncoder.text(of: stores[0].run()))
      }
      if error is Interruption {
        notes.say([interruptionNote(after: stores.map(\.count).reduce(0, +), planned)])
      }
      throw error
    }
    view.clear()
    let paths = [planned.savedPath(after: stores[0].count), planned.baselineDestination?.path]
    notes.say(paths.compactMap(\.self).map { "saved \($0)" })
    return try stores.map { try $0.run() }
  }

  /// Returns the store of the run, and that of the run of the baseline's suite if there is one.
  private static func stores(of planned: PlannedRun, _ session: RunSession) throws -> [RunStore] {
    var runs = [(planned.run, planned.destination)]
    if let suite = session.baselineSuite {
      var run = planned.run
      run.version = suite.version
      runs.append((run, planned.baselineDestination))
    }
    return try runs.map { run, destination in
      try RunStore(run, Spool(in: destination?.directory)) { isSynced, write in
        try destination?.save(isSynced: isSynced, write)
      }
    }
  }

  private static func interruptionNote(after count: Int, _ planned: PlannedRun) -> String {
    let interrupted = "interrupted after \(Readable.count(count, "trial"))"
    guard let path = planned.savedPath(after: count) else { return interrupted }
    // The run of two suites in the same rounds cannot be continued.
    return planned.baselineDestination.map { "\(interrupted), saved in \(path) and \($0.path)" }
      ?? "\(interrupted); continue with: scaleup run --resume \(path)"
  }

  /// Returns the run as it is printed. Failures that left no trace in it go to standard error.
  private static func report(
    _ run: RunRecord, _ planned: PlannedRun, _ arguments: RunArguments
  ) throws -> ProgramOutput {
    let format = arguments.format
    let lines = planned.problems.map { "FAILED: \(Readable.line($0, limit: 1000))\n" }.joined()
    let path = planned.savedPath(after: run.trials.count)
    let hasFailures = !planned.problems.isEmpty || run.trials.contains { $0.failure != nil }
    return ProgramOutput(
      output: try format.text(of: [run], hasDetails: arguments.hasDetails, path: path),
      error: lines + (format.isForMachines ? failureReport(of: run) : ""),
      status: hasFailures ? 1 : 0)
  }
}
