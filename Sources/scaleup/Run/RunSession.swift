import Analysis
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

  /// Finds the models, builds the peers that are asked for, and reads the host information.
  ///
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`, `SystemError`.
  init(_ arguments: RunArguments) throws {
    notes = Notes(isQuiet: arguments.isQuiet)
    let progress = ProgressLine(isQuiet: arguments.isQuiet)
    defer { progress.clear() }
    self.progress = progress
    runner = try ChildRunner()
    let suite = try ModelCatalog.findBesideThisProgram(runner).launching(arguments.programs)
    peers = try PeerCatalog(
      arguments.programs, runner, beside: suite, where: { $0.workloads.map(\.name) != ["empty"] },
      willBuild: { progress.show("building the peer \($0)") })
    recorder = ActivityRecorder()
    (passport, host) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    let generator = LoadGenerator(
      path: "\(try directoryOfThisProgram())/scaleup", on: .usable(), effectiveCPUs: passport.effectiveCPUs)
    baselineSuite = try arguments.baselineSuite.map { [runner, recorder] in
      try BaselineSuite($0, beside: suite, runner, recorder, generator, arguments)
    }
    catalog = suite.adding(peers)
    failures = suite.failures(arguments.programs) + peers.problems
    trialRunner = ExecutableTrialRunner(
      catalog, runner, recorder: recorder, retries: arguments.retries, generator: generator)
    timeout = arguments.timeout
  }

  /// Prints which models and peers are missing.
  func reportMissing() {
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
      request.isGated = !arguments.gates.isEmpty
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
    progress.show("measuring the speed of one worker")
    defer { progress.clear() }
    let timeout = max(timeout ?? 60_000_000_000, 2_000_000_000)
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

extension CommandFailure {
  /// Makes the failure for a calibration that failed.
  init(_ failure: CalibrationFailure) {
    self.init(message: "cannot measure \(failure.subject): \(failure.reason)", status: 1)
  }
}
