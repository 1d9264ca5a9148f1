import Analysis
import Arguments
import Formatting
import FoundationEssentials
import Harness
import Platform
import Records
import Report

/// `scaleup granularity`: arguments → sweep → record → summary → report.
enum GranularityCommand: Subcommand {
  static let syntax = Command(
    "scaleup granularity", summary: "find the smallest chunk of work that is worth handing to a worker",
    options: GranularityOptions.all)

  static func run(_ matches: Matches) throws -> ProgramOutput {
    let runner = try ChildRunner()
    let progress = ProgressLine(isQuiet: matches.has(RunOptions.quiet))
    let notes = Notes(isQuiet: matches.has(RunOptions.quiet))
    defer { progress.clear() }
    let suite = try ModelCatalog.findBesideThisProgram(runner).launching(with: nil)
    let peers = try PeerCatalog(matches, runner, beside: suite, where: isSweepable) {
      progress.show("building the peer \($0)")
    }
    let catalog = suite.adding(peers)
    progress.clear()
    notes.say(catalog.problems + peers.absences + peers.notes)

    let trialRunner = ExecutableTrialRunner(catalog, runner)
    let models = try models(matches, catalog)
    var (passport, hostName) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    notes.warn(of: &passport, mostWorkers: matches.value(of: GranularityOptions.workers))
    var costs = Costs()
    costs["sum", "scalar"] = try Calibration(trialRunner).suiteCost(
      of: Configuration(model: "single", workload: "sum", workers: 1))
    var record = GranularityRecord(
      host: matches.value(of: RunOptions.label) ?? hostName, startedAt: timestamp(Date()), passport: passport,
      workers: matches.value(of: GranularityOptions.workers) ?? passport.effectiveCPUs,
      upTo: matches.value(of: GranularityOptions.upTo)
        ?? GranularitySweep<ExecutableTrialRunner>.amount(costs))
    let rounds = matches.value(of: GranularityOptions.rounds) ?? 5
    let sweep = GranularitySweep(
      trialRunner, timeout: matches.value(of: RunOptions.timeout)?.nanoseconds, models: models,
      estimate: TimeEstimate(costs: costs, effectiveCPUs: passport.effectiveCPUs), rounds: rounds)
    do {
      try sweep.carryOut(&record) { configuration in
        progress.show(
          "\(configuration.workload) \(configuration.model)"
            + (configuration.grain.map { " in chunks of \(Readable.round($0))" } ?? ""))
      }
    } catch let interruption as Interruption {
      progress.clear()
      notes.say(["interrupted; nothing is saved"])
      throw interruption
    } catch let failure as GranularitySweep<ExecutableTrialRunner>.Failure {
      throw CommandFailure(message: "there is nothing to compare with: \(failure.reason)", status: 1)
    }
    return try output(of: record.summarised(), peers.problems, matches)
  }

  /// The models that can be tried, but for `single`, which is what they are compared with.
  private static func models(_ matches: Matches, _ catalog: ModelCatalog) throws -> [InstalledModel] {
    let parallel = catalog.models.filter { isSweepable($0.description) }
    return try RunOptions.choose(
      RunOptions.model, matches, from: parallel, known: parallel.map(\.description.model),
      name: \.description.model)
  }

  private static func isSweepable(_ model: ModelDescription) -> Bool {
    let hasChunks = model.schedules?.contains("dynamic") == true
    return model.maximumWorkers > 1 && (hasChunks || model.workloads.contains { $0.name == "empty" })
  }

  private static func output(
    of record: GranularityRecord, _ problems: [String], _ matches: Matches
  ) throws -> ProgramOutput {
    let isJSON = matches.has(GranularityOptions.json)
    let failures = record.models.compactMap(\.failure)
    let lines = (problems + (isJSON ? failures : [])).map { "FAILED: \(Readable.line($0, limit: 1000))\n" }
      .joined()
    let hasFailures = !problems.isEmpty || !failures.isEmpty
    return ProgramOutput(
      output: isJSON ? try record.text() : granularityReport(of: record, style: Terminal.outputStyle),
      error: lines, status: hasFailures ? 1 : 0)
  }
}
