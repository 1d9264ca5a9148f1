import Arguments
import FoundationEssentials
import Harness
import Platform
import Records

extension PeerCatalog {
  /// The peers that the options ask for, built, and the user's own programs. Where models are asked for by name, no
  /// other peer is built.
  ///
  /// - Parameters:
  ///   - suite: The models beside this program, whose names nobody else may have.
  ///   - canTakePart: Whether what a peer can do is of use.
  ///   - willBuild: Called with the name of a peer before it is built.
  /// - Throws: `UsageError` for a program that cannot be executed or has a name that is taken; `CommandFailure` where there is no folder of
  ///   peers; `Interruption`, `SystemError`.
  init(
    _ matches: Matches, _ runner: ChildRunner, beside suite: ModelCatalog,
    where canTakePart: (ModelDescription) -> Bool, willBuild: (String) -> Void
  ) throws {
    self.init()
    // A name without a slash is a file here: no search path is asked for the user's own program.
    let programs = (matches.value(of: RunOptions.program) ?? []).map { program in
      (program, path: program.path.contains("/") ? program.path : "./\(program.path)")
    }
    // Before anything is built, which takes its time.
    for (program, path) in programs where !File.isExecutable(path) {
      throw UsageError.other("--program \(program.name): there is no executable file \(program.path)")
    }
    var names = Set(suite.models.map(\.description.model))
    for (program, _) in programs where !names.insert(program.name).inserted {
      throw UsageError.other("--program \(program.name): there is another model of this name; choose another")
    }
    if matches.has(RunOptions.peers) {
      let wanted = matches.value(of: RunOptions.model)
      self = try Self.builder(runner).findPeers(
        in: Self.sourceFolder(),
        where: { peer in
          wanted?.contains(peer.model) ?? canTakePart(peer)
        }, willBuild: willBuild)
      leaveOut(names)
    }
    for (program, path) in programs { try add(program.name, at: path, runner) }
  }

  private static func builder(_ runner: ChildRunner) throws -> PeerBuilder {
    guard let folder = File.executableFolder() else {
      throw CommandFailure(
        message: "the folder of this program cannot be told; is /proc mounted?", status: 1)
    }
    return PeerBuilder(
      buildFolder: "\(folder)/peers", searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "", runner)
  }

  /// The folder of the peers' sources: of this checkout, or of the one that this program was built in.
  private static func sourceFolder() throws -> String {
    let name = "Benchmarks/Peers"
    if File.isFolder(name) { return name }
    var folder = File.executableFolder() ?? ""
    while let slash = folder.lastIndex(of: "/") {
      if File.isFolder("\(folder)/\(name)") { return "\(folder)/\(name)" }
      folder = String(folder[..<slash])
    }
    throw CommandFailure(
      message:
        "there is no folder \(name), neither here nor above this program; start it in a checkout of the "
        + "sources, or name programs with --program", status: 1)
  }
}
