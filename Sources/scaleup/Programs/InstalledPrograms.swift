import Harness
import Records

/// The programs that a subcommand can measure: the models of the suite, the peers and the user's own programs.
struct InstalledPrograms {
  let suite: ModelCatalog
  /// The peers, and the user's own programs.
  let peers: PeerCatalog
  /// All of them.
  let catalog: ModelCatalog

  /// Joins a suite and peers.
  init(suite: ModelCatalog, peers: PeerCatalog) {
    (self.suite, self.peers, catalog) = (suite, peers, suite.adding(peers))
  }

  /// Finds the models beside this program and the user's own programs, and builds the peers that are asked for.
  ///
  /// - Parameters:
  ///   - progress: Names the peer that is being built. It is clear afterwards.
  ///   - canTakePart: Returns whether a peer has the workloads to measure.
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`, `SystemError`.
  init(
    _ arguments: ProgramArguments, _ runner: ChildRunner, _ progress: ProgressLine,
    where canTakePart: (ModelDescription) -> Bool
  ) throws {
    defer { progress.clear() }
    let suite = try ModelCatalog.findBesideThisProgram(runner).launching(arguments)
    let peers = try PeerCatalog(
      arguments, runner, beside: suite, where: canTakePart,
      willBuild: { progress.show("building the peer \($0)") })
    self.init(suite: suite, peers: peers)
  }

  /// A line for each program that is broken or missing, and for each peer that is left out.
  var notices: [String] { catalog.brokenLines + catalog.problems + peers.absences + peers.notes }

  /// Returns a line for each program that would take part and does not work.
  func failures(_ arguments: ProgramArguments) -> [String] { suite.failures(arguments) + peers.problems }
}
