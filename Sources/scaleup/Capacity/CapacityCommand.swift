import Analysis
import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// `scaleup capacity`: arguments → catalog → search → record → report.
enum CapacityCommand: Subcommand {
  static let command = Command(
    "scaleup capacity",
    summary: "Find the highest request rate at which each model's server meets an objective.",
    examples: [
      "scaleup capacity --slo p99:20ms", "scaleup capacity --slo p99.9:50ms --model fork --path /api/1e6",
    ],
    read: CapacityArguments.init)

  static func run(_ arguments: CapacityArguments) throws -> ProgramOutput {
    let runner = try ChildRunner()
    let progress = ProgressLine(isQuiet: arguments.isQuiet)
    let notes = Notes(isQuiet: arguments.isQuiet)
    defer { progress.clear() }
    let programs = try InstalledPrograms(arguments.programs, runner, progress) { $0.serves == true }
    let catalog = programs.catalog
    notes.say(programs.notices)
    try catalog.require(arguments.programs.models ?? [])
    let servers = try servers(arguments.programs, catalog)

    var record = record(arguments)
    let configurations = try configurations(of: servers, arguments, record)
    notes.warn(
      of: &record.passport, mostWorkers: configurations.map(\.workers).max(),
      others: programs.peers.environmentWarnings())
    let generator = LoadGenerator(
      path: "\(try directoryOfThisProgram())/scaleup", on: .usable(),
      effectiveCPUs: record.passport.effectiveCPUs)
    let measurement = CapacityMeasurement(
      ExecutableTrialRunner(catalog, runner, recorder: ActivityRecorder(), generator: generator),
      configurations, mostForeignLoad: arguments.foreignLoad)
    let problems = programs.failures(arguments.programs)
    do {
      try measurement.carryOut(&record) { progress.show(Self.text(of: $0)) }
    } catch let interruption {
      progress.clear()
      notes.say(["interrupted; nothing was saved"])
      if record.services.allSatisfy(\.tries.isEmpty) { throw interruption }
      record.interrupted = true
      var output = try output(of: record, problems, isJSON: arguments.isJSON)
      output.status = 128 + interruption.signal
      return output
    }
    progress.clear()
    return try output(of: record, problems, isJSON: arguments.isJSON)
  }

  /// Returns the servers to measure: those that were asked for by name, and the user's own programs.
  ///
  /// - Throws: `UsageError` for the name of no server; `CommandFailure` if there is no server.
  private static func servers(
    _ arguments: ProgramArguments, _ catalog: ModelCatalog
  ) throws -> [InstalledModel] {
    let servers = catalog.models.filter { $0.description.serves == true }
    let names = servers.map(\.description.model)
    // A program that does not work is reported as a failure.
    let working = Set(catalog.models.map(\.description.model)).subtracting(names)
    if let program = arguments.programs.first(where: { working.contains($0.name) }) {
      throw UsageError.other(
        "--program \(program.name): it does not serve (see \"A program of your own\" in Benchmarks/README.md)"
      )
    }
    if servers.isEmpty {
      throw CommandFailure(message: "no installed model serves requests (see scaleup list)", status: 1)
    }
    let chosen = try ProgramArguments.choose(
      arguments.models, option: "model", from: servers, known: names, name: \.description.model)
    let programs = Set(arguments.programs.map(\.name))
    return chosen + servers.filter { programs.contains($0.description.model) && !chosen.contains($0) }
  }

  /// Returns the services to measure, each with a number of workers.
  ///
  /// - Throws: `UsageError` if no server has a chosen number of workers.
  private static func configurations(
    of servers: [InstalledModel], _ arguments: CapacityArguments, _ record: CapacityRecord
  ) throws(UsageError) -> [Configuration] {
    let cpus = record.passport.effectiveCPUs
    var request = PlanRequest(
      models: servers, workloads: [.serve], workers: arguments.workers?.counts(cpus: cpus), trials: 1,
      warmUps: 0, budget: 0, effectiveCPUs: cpus)
    request.traffic = Traffic(path: arguments.path, connections: arguments.connections)
    let configurations = request.configurations
    if configurations.isEmpty {
      throw .other("no chosen model has the chosen worker counts (see scaleup list)")
    }
    return configurations
  }

  /// Returns an empty record of this machine.
  private static func record(_ arguments: CapacityArguments) -> CapacityRecord {
    let (passport, host) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    return CapacityRecord(
      host: arguments.label ?? host, startedAt: UTCTime.now().text, passport: passport,
      objective: arguments.objective, path: arguments.path, connections: arguments.connections,
      duration: arguments.duration)
  }

  private static func text(of configuration: Configuration) -> String {
    let rate =
      configuration.traffic?.rate.map { " at \(Readable.rate($0.rounded()))" } ?? ", as fast as it can"
    return "\(configuration.model) with \(Readable.count(configuration.workers, "worker"))\(rate)"
  }

  private static func output(
    of record: CapacityRecord, _ problems: [String], isJSON: Bool
  ) throws -> ProgramOutput {
    let failures = capacityFailures(of: record)
    let lines = (problems + (isJSON ? failures : [])).map { "FAILED: \(Readable.line($0, limit: 1000))\n" }
      .joined()
    return ProgramOutput(
      output: isJSON
        ? try record.summarised().text() : capacityReport(of: record, style: Terminal.outputStyle),
      error: lines, status: problems.isEmpty && failures.isEmpty ? 0 : 1)
  }
}
