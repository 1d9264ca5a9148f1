import Arguments
import FoundationEssentials
import Harness
import Platform
import Records

/// One run from its options to its record: what is asked, what it is asked of, and where it is kept.
struct RunSession {
  /// The time that a run takes at most, as far as it can choose; a quick one takes a tenth.
  private static let budget: UInt64 = 50_000_000_000
  private static let quickBudget: UInt64 = 5_000_000_000

  private let matches: Matches
  private let machine: (passport: Passport, host: String)
  private let startedAt: Date
  private let path: String?
  private let runner: ChildRunner
  private let catalog: ModelCatalog
  private let notes: Notes

  /// Finds everything that the run needs, and everything that stands against it, before the run.
  ///
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`, `SystemError`.
  init(_ matches: Matches) throws {
    self.matches = matches
    notes = Notes(isQuiet: matches.has(RunOptions.quiet))
    machine = Passport.ofThisMachine()
    startedAt = Date()
    let host = matches.value(of: RunOptions.label) ?? machine.host
    runner = ChildRunner(signals: try SignalPipe(SignalPipe.endRequests + [SignalPipe.childEnded]))
    catalog = try ModelCatalog.findBesideThisProgram(runner)
    path = try matches.has(RunOptions.noSave) ? nil : Self.outputPath(matches, host, startedAt)
  }

  /// Carries out the run.
  ///
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`.
  func carryOut() throws -> RunRecord {
    let trialRunner = ExecutableTrialRunner(catalog, runner)
    let request = try request()
    notes.say(catalog.problems + catalog.missing.map { "scaleup-\($0) is missing; \(buildHint($0))" })
    let progress = ProgressLine(isQuiet: matches.has(RunOptions.quiet))
    progress.show("measuring the speed of one worker")
    let rates = try calibrate(request, trialRunner)
    progress.clear()
    let plan = request.plan(rates: rates)
    if plan.configurations.isEmpty {
      throw UsageError.other(
        "nothing is left to run: no chosen model takes this workload and number of workers")
    }
    notes.say(choices(of: plan, request))
    let estimate = TimeEstimate(rates: rates, effectiveCPUs: request.effectiveCPUs)
    return try carryOut(plan, trialRunner, estimate, progress)
  }

  private func carryOut(
    _ plan: Plan, _ trialRunner: ExecutableTrialRunner, _ estimate: TimeEstimate, _ progress: ProgressLine
  ) throws -> RunRecord {
    var run = RunRecord(
      host: matches.value(of: RunOptions.label) ?? machine.host, startedAt: timestamp(startedAt),
      passport: machine.passport, plan: plan)
    var loop = RunLoop(
      trialRunner, timeout: matches.value(of: RunOptions.timeout)?.nanoseconds, estimate: estimate)
    var encoder = RunEncoder()
    if progress.isShown { runner.onTick = progress.paint }
    defer { progress.clear() }
    do {
      try loop.carryOut(
        &run, willTry: progress.begin,
        didTry: { run in
          if let path { try File.replace(path, with: try encoder.text(of: run)) }
        })
    } catch let interruption as Interruption {
      progress.clear()
      let kept = path.map { "; kept in \($0)" } ?? ""
      notes.say(["interrupted after \(run.trials.count) of \(plan.trialCount) trials\(kept)"])
      throw interruption
    }
    progress.clear()
    if let path { notes.say(["saved \(path)"]) }
    return run
  }
}

extension RunSession {
  /// What the options ask for, of what there is.
  ///
  /// - Throws: `UsageError` for a name that nobody has; `CommandFailure` where a model is not built.
  private func request() throws -> PlanRequest {
    let isQuick = matches.has(RunOptions.quick)
    let installed = catalog.models
    let names = installed.map(\.description.model)
    let models = try RunOptions.choose(
      RunOptions.model, matches, from: installed, known: names + catalog.missing, name: \.description.model)
    if let absent = matches.value(of: RunOptions.model)?.first(where: catalog.missing.contains) {
      throw CommandFailure(
        message: "the executable of the model '\(absent)' is missing; \(buildHint(absent))", status: 1)
    }
    let workloads = try RunOptions.choose(
      RunOptions.workload, matches, from: catalog.workloads, known: catalog.workloads.map(\.name),
      name: \.name)
    return PlanRequest(
      models: models, workloads: workloads,
      workers: matches.value(of: RunOptions.workers), upTo: matches.value(of: RunOptions.upTo),
      duration: matches.value(of: RunOptions.seconds)?.nanoseconds,
      trials: matches.value(of: RunOptions.trials) ?? (isQuick ? 1 : 5),
      warmUps: matches.value(of: RunOptions.warmUps) ?? (isQuick ? 0 : 1),
      budget: isQuick ? Self.quickBudget : Self.budget,
      effectiveCPUs: machine.passport.effectiveCPUs)
  }

  /// The rate of one worker in each workload of fixed amount, found with the first of the chosen models.
  private func calibrate(
    _ request: PlanRequest, _ trialRunner: ExecutableTrialRunner
  ) throws -> [String: Double] {
    var rates: [String: Double] = [:]
    for workload in request.workloads where workload.extent == .numbers {
      guard
        let model = request.models.first(where: {
          $0.description.workloads.contains { $0.name == workload.name }
        })
      else { continue }
      do {
        rates[workload.name] = try Calibration(trialRunner).rate(
          model: model.description.model, workload: workload.name)
      } catch let failure as Calibration<ExecutableTrialRunner>.Failure {
        throw CommandFailure(
          message: "the speed of one worker cannot be measured: \(failure.reason)", status: 1)
      }
    }
    return rates
  }

  /// What was chosen for the user, a line each.
  private func choices(of plan: Plan, _ request: PlanRequest) -> [String] {
    var seen: Set<String> = []
    return plan.configurations.compactMap { configuration in
      guard seen.insert(configuration.workload).inserted else { return nil }
      if let chosen = configuration.upTo, request.upTo == nil {
        return
          "\(configuration.workload): N = \(Readable.round(chosen)), about half a second for one worker here"
      }
      if let chosen = configuration.duration, request.duration == nil {
        return "\(configuration.workload): \(Readable.duration(nanoseconds: Double(chosen))) a trial"
      }
      return nil
    }
  }

  /// Where the run is saved; found out to be writable before anything is measured.
  private static func outputPath(_ matches: Matches, _ host: String, _ time: Date) throws -> String {
    if let path = matches.value(of: RunOptions.output) {
      let file = File.isFolder(path) ? ResultsFolder(path).path(forRunOn: host, at: time) : path
      try checkReplaceable(file, status: UsageError.exitStatus)
      return file
    }
    let folder = ResultsFolder(ResultsFolder.standardPath)
    let file = folder.path(forRunOn: host, at: time)
    do {
      try File.makeFolder(folder.path)
    } catch {
      throw CommandFailure(
        message: "\(error); save elsewhere with --output FILE, or use --no-save", status: 1)
    }
    try checkReplaceable(file, status: 1)
    return file
  }

  private static func checkReplaceable(_ file: String, status: Int32) throws {
    do {
      try File.checkReplaceable(file)
    } catch {
      throw CommandFailure(
        message: "\(error); expected a file in a folder that exists and can be written; try --output FILE "
          + "with another path, or --no-save", status: status)
    }
  }

  private func buildHint(_ model: String) -> String {
    "build it with: swift build -c release --product scaleup-\(model)"
  }
}

/// Short lines for people beside the result, on standard error.
struct Notes {
  let isQuiet: Bool

  func say(_ lines: [String]) {
    if isQuiet { return }
    // A note that cannot be shown is no reason to stop measuring.
    try? StandardStream.error.write(lines.map { Readable.line($0) + "\n" }.joined())
  }
}
