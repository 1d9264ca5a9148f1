import Analysis
import Arguments
import Harness
import Platform
import Records

/// The resources of a run on this machine: the models, their runner, the recorder and the host information.
struct RunSession {
  let runner: ChildRunner
  let notes: Notes
  let progress: ProgressLine
  /// The models of the suite, the peers and the user's own programs.
  let catalog: ModelCatalog
  let peers: PeerCatalog
  /// The commands of the user, by name; empty for a run of models.
  let commands: [String: UserCommand]
  /// The programs that would take part and do not work, a line each.
  let failures: [String]
  let recorder: ActivityRecorder
  let trialRunner: ExecutableTrialRunner
  /// The suite to compare with in the same rounds; `nil` if there is none.
  let baselineSuite: BaselineSuite?
  /// The time limit of a trial in nanoseconds; `nil` if it follows from an estimate.
  let timeout: UInt64?
  let passport: Passport
  let host: String

  /// Finds the models, or takes the commands of the user, builds the peers that are asked for, and reads the host information.
  ///
  /// - Parameter unfinished: The plan of a run to continue.
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`, `SystemError`.
  init(_ arguments: RunArguments, continuing unfinished: Plan?) throws {
    let isParallel = unfinished?.configurations.contains { $0.command?.isParallel == true } ?? false
    let commands = try arguments.command.userCommands(isParallel: isParallel)
    self.commands = Dictionary(commands.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    notes = Notes(isQuiet: arguments.isQuiet)
    progress = ProgressLine(isQuiet: arguments.isQuiet)
    runner = try ChildRunner()
    let programs: InstalledPrograms
    if commands.isEmpty {
      programs = try InstalledPrograms(arguments.programs, runner, progress) {
        $0.workloads.map(\.name) != ["empty"]
      }
    } else {
      programs = InstalledPrograms(
        suite: ModelCatalog(models: []), peers: PeerCatalog(of: commands, maximumWorkers: WorkerCounts.most))
      runner.adoptOrphans()
    }
    (catalog, peers) = (programs.catalog, programs.peers)
    failures = programs.failures(arguments.programs)
    recorder = ActivityRecorder()
    (passport, host) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    let generator = LoadGenerator(
      path: "\(try directoryOfThisProgram())/scaleup", on: .usable(), effectiveCPUs: passport.effectiveCPUs)
    baselineSuite = try arguments.comparison.baselineSuite.map { [runner, recorder] in
      try BaselineSuite($0, beside: programs.suite, runner, recorder, generator, arguments)
    }
    trialRunner = ExecutableTrialRunner(
      catalog, runner, recorder: recorder, retries: arguments.retries, generator: generator)
    timeout = arguments.length.timeout
  }

  /// Prints which models and peers are missing.
  func reportMissing() {
    if !commands.isEmpty { return }
    notes.say(
      catalog.brokenLines + catalog.problems
        + catalog.missing.map { "scaleup-\($0) is missing; \(catalog.buildHint($0))" }
        + peers.absences + peers.notes
        + (baselineSuite?.unmatched ?? []).map {
          "\($0) is left out: only one of the suites has it with its workloads"
        })
  }

  /// Makes the request that the arguments express.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  func request(_ arguments: RunArguments, _ baseline: Baseline?) throws -> PlanRequest {
    do {
      let compared = baselineSuite.map { ModelCatalog(models: $0.models) }
      var request = try PlanRequest(
        arguments, compared ?? catalog, effectiveCPUs: passport.effectiveCPUs, baseline: baseline?.run.plan)
      let caches = CacheLevels(passport.caches, cpus: passport.effectiveCPUs)
      notes.say(try request.chooseArrays(arguments, caches, available: Memory.available()))
      if baselineSuite != nil { request.suites = 2 }
      request.isGated = !arguments.comparison.gates.isEmpty
      return request
    } catch {
      // A model that was asked for may be a peer that is missing or cannot be built.
      notes.say(peers.absences + peers.problems)
      throw error
    }
  }

  /// Measures the costs of the workloads for one worker.
  ///
  /// - Throws: `CommandFailure` if the suite fails; `Interruption`.
  func costs(of request: PlanRequest) throws -> CostMeasurement {
    progress.show(
      commands.isEmpty ? "measuring the speed of one worker" : "executing every command once, to plan the run"
    )
    defer { progress.clear() }
    let timeout =
      commands.isEmpty
      ? max(timeout ?? 60_000_000_000, 2_000_000_000) : timeout ?? TimeEstimate.longestFirstExecution
    do {
      return try CostMeasurement(
        of: request,
        Calibration(
          trialRunner, limit: request.upTo, timeout: timeout,
          mostForeignLoad: request.mostForeignLoad ?? ProcessRecord.mostForeignLoad))
    } catch let failure as CalibrationFailure {
      throw CommandFailure(failure)
    }
  }
}

extension RunSession {
  /// Executes what is to be executed before the first trials of some configurations, each command line once.
  ///
  /// - Throws: `CommandFailure` if one fails; `Interruption`.
  func setUp(_ configurations: [Configuration]) throws {
    if let reason = try execute({ $0.setup(workers: $1) }, for: configurations).first {
      throw CommandFailure(message: reason, status: 1)
    }
  }

  /// Executes what is to be executed after the last trials of some configurations, and prints what failed.
  ///
  /// - Throws: `Interruption`.
  func cleanUp(_ configurations: [Configuration]) throws(Interruption) {
    notes.say(try execute({ $0.cleanup(workers: $1) }, for: configurations).map { "warning: \($0)" })
  }

  /// Executes hooks, each command line once, and returns the reasons that some failed.
  private func execute(
    _ hook: (UserCommand, Int) -> UserCommand.Hook?, for configurations: [Configuration]
  ) throws(Interruption) -> [String] {
    var seen: Set<String> = []
    var reasons: [String] = []
    for configuration in configurations {
      guard let command = commands[configuration.model], let hook = hook(command, configuration.workers),
        seen.insert(hook.line).inserted
      else { continue }
      progress.show("executing --\(hook.option)")
      defer { progress.clear() }
      let limit = timeout ?? TimeEstimate.longestFirstExecution
      if let reason = try trialRunner.execute(hook, of: command, timeout: limit) { reasons.append(reason) }
    }
    return reasons
  }
}

extension CommandFailure {
  /// Makes the failure for a calibration that failed.
  init(_ failure: CalibrationFailure) {
    self.init(message: "cannot measure \(failure.subject): \(failure.reason)", status: 1)
  }
}
