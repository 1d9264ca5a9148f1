import Arguments
import Harness
import Platform
import Records

/// What carries out a run on this machine, whatever its plan is.
struct RunSetting {
  let runner: ChildRunner
  let notes: Notes
  let progress: ProgressLine
  /// The models of the suite, the peers and the user's own programs.
  let catalog: ModelCatalog
  let peers: PeerCatalog
  let recorder: ActivityRecorder
  let trialRunner: ExecutableTrialRunner
  /// The nanoseconds that a trial may take; `nil` where they follow from an estimate.
  let timeout: UInt64?
  let passport: Passport
  let host: String

  /// Finds the models, builds the peers that are asked for, and looks at the machine.
  ///
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`, `SystemError`.
  init(_ matches: Matches) throws {
    let isQuiet = matches.has(RunOptions.quiet)
    (notes, progress) = (Notes(isQuiet: isQuiet), ProgressLine(isQuiet: isQuiet))
    runner = try ChildRunner()
    let suite = try ModelCatalog.findBesideThisProgram(runner).launching(matches)
    let progress = progress
    defer { progress.clear() }
    peers = try PeerCatalog(
      matches, runner, beside: suite, where: { $0.workloads.map(\.name) != ["empty"] },
      willBuild: { progress.show("building the peer \($0)") })
    catalog = suite.adding(peers)
    recorder = ActivityRecorder()
    trialRunner = ExecutableTrialRunner(
      catalog, runner, recorder: recorder, retries: matches.value(of: RunOptions.retries))
    timeout = matches.value(of: RunOptions.timeout)?.nanoseconds
    (passport, host) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
  }

  /// Tells which models and peers are not there.
  func tellAbsences() {
    notes.say(
      catalog.problems + catalog.missing.map { "scaleup-\($0) is missing; \(catalog.buildHint($0))" }
        + peers.absences + peers.notes)
  }
}
