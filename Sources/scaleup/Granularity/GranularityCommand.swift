import Analysis
import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// The arguments of `scaleup granularity`.
struct GranularityArguments {
  let programs: ProgramArguments
  let workers: Int?
  let upTo: UInt64?
  let rounds: Int
  /// The time limit of a trial in nanoseconds; `nil` if it follows from an estimate.
  let timeout: UInt64?
  /// The most cores that other programs may keep busy during a sample that counts.
  let foreignLoad: Double
  let isJSON: Bool
  let label: String?
  let isQuiet: Bool

  init(_ line: inout ArgumentLine) {
    line.group("What to run")
    let models = line.value(of: ProgramArguments.models)
    workers =
      line.value(of: SuiteOptions.workers(upTo: WorkerCounts.most, default: "one per effective CPU")) ?? nil
    upTo = line.value(of: SuiteOptions.upTo(default: "the N that takes one worker 50 ms"))
    rounds =
      line.value(
        of: Option(
          "rounds", "COUNT", .count(in: 1...10_000, example: "5"),
          help: "rounds of measurements (default: 5)")) ?? 5
    timeout = line.value(of: SuiteOptions.trialTimeout)?.nanoseconds
    foreignLoad = line.value(of: SuiteOptions.foreignLoad) ?? ProcessRecord.mostForeignLoad
    line.group("Other programs")
    programs = ProgramArguments(&line, models: models)
    line.group("Output")
    isJSON = line.has(Flag("json", help: "print one scaleup.granularity/1 record"))
    label = line.value(of: RunOutputArguments.label)
    isQuiet = line.has(Notes.quiet)
  }
}

/// `scaleup granularity`: arguments → catalog → costs → sweep → record → report.
enum GranularityCommand: Subcommand {
  static let command = Command(
    "scaleup granularity", summary: "Find the smallest chunk of work that is worth assigning to a worker.",
    examples: ["scaleup granularity", "scaleup granularity --model fork,threads --workers 2"],
    read: GranularityArguments.init)

  static func run(_ arguments: GranularityArguments) throws -> ProgramOutput {
    let runner = try ChildRunner()
    let progress = ProgressLine(isQuiet: arguments.isQuiet)
    let notes = Notes(isQuiet: arguments.isQuiet)
    defer { progress.clear() }
    let programs = try InstalledPrograms(arguments.programs, runner, progress, where: isSweepable)
    let catalog = programs.catalog
    notes.say(programs.notices)
    try catalog.require(["single"] + (arguments.programs.models ?? []))

    let trialRunner = ExecutableTrialRunner(catalog, runner, recorder: ActivityRecorder())
    let models = try models(arguments.programs, catalog)
    let costs = try costs(trialRunner, arguments)
    var record = record(arguments, costs, notes, programs.peers)
    let sweep = GranularitySweep(
      trialRunner, timeout: arguments.timeout, models: models,
      estimate: TimeEstimate(costs: costs, effectiveCPUs: record.passport.effectiveCPUs),
      rounds: arguments.rounds, mostForeignLoad: arguments.foreignLoad)
    do {
      try sweep.carryOut(&record) { configuration in
        progress.show(
          "\(configuration.workload) \(configuration.model)"
            + (configuration.grain.map { " in chunks of \(Readable.round($0))" } ?? ""))
      }
    } catch let interruption as Interruption {
      progress.clear()
      notes.say(["interrupted; nothing was saved"])
      throw interruption
    } catch let failure as GranularitySweep<ExecutableTrialRunner>.Failure {
      throw CommandFailure(message: "cannot measure the baseline, single: \(failure.reason)", status: 1)
    }
    let problems = programs.failures(arguments.programs)
    return try output(of: record.summarised(), problems, isJSON: arguments.isJSON)
  }

  private static func costs(
    _ runner: ExecutableTrialRunner, _ arguments: GranularityArguments
  ) throws -> Costs {
    var costs = Costs()
    do {
      costs["sum", "scalar"] = try Calibration(runner, mostForeignLoad: arguments.foreignLoad).cost(
        of: Configuration(model: "single", workload: "sum", workers: 1))
    } catch let failure as CalibrationFailure {
      throw CommandFailure(failure)
    }
    return costs
  }

  /// Returns an empty record of this machine, and prints warnings about disturbances.
  private static func record(
    _ arguments: GranularityArguments, _ costs: Costs, _ notes: Notes, _ peers: PeerCatalog
  ) -> GranularityRecord {
    var (passport, host) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    notes.warn(
      of: &passport, mostWorkers: arguments.workers, others: peers.environmentWarnings())
    return GranularityRecord(
      host: arguments.label ?? host, startedAt: UTCTime.now().text, passport: passport,
      workers: arguments.workers ?? passport.effectiveCPUs,
      upTo: arguments.upTo ?? GranularitySweep<ExecutableTrialRunner>.amount(costs))
  }

  /// Returns the models to measure, without the baseline, `single`.
  private static func models(
    _ arguments: ProgramArguments, _ catalog: ModelCatalog
  ) throws -> [InstalledModel] {
    let parallel = catalog.models.filter { isSweepable($0.description) }
    return try ProgramArguments.choose(
      arguments.models, option: "model", from: parallel, known: parallel.map(\.description.model),
      name: \.description.model)
  }

  private static func isSweepable(_ model: ModelDescription) -> Bool {
    let hasChunks = model.schedules?.contains("dynamic") == true
    return model.maximumWorkers > 1 && (hasChunks || model.workloads.contains { $0.name == "empty" })
  }

  private static func output(
    of record: GranularityRecord, _ problems: [String], isJSON: Bool
  ) throws -> ProgramOutput {
    let failures = record.models.compactMap(\.failure)
    let lines = (problems + (isJSON ? failures : [])).map { "FAILED: \(Readable.line($0, limit: 1000))\n" }
      .joined()
    let hasFailures = !problems.isEmpty || !failures.isEmpty
    return ProgramOutput(
      output: isJSON ? try record.text() : granularityReport(of: record, style: Terminal.outputStyle),
      error: lines, status: hasFailures ? 1 : 0)
  }
}
