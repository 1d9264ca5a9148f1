import Arguments
import Harness
import Platform
import Records

extension PeerCatalog {
  /// Builds the peers that are asked for, and adds the user's own programs. If models are asked for by name, only peers
  /// among them are built.
  ///
  /// - Parameters:
  ///   - suite: The models of the suite, whose names are taken.
  ///   - canTakePart: Returns whether a peer has the workloads to measure.
  ///   - willBuild: Called with the name of a peer before it is built.
  /// - Throws: `UsageError` if a program cannot be executed or its name is taken; `CommandFailure` if the directory of
  ///   peers is missing; `Interruption`, `SystemError`.
  init(
    _ arguments: ProgramArguments, _ runner: ChildRunner, beside suite: ModelCatalog,
    where canTakePart: (ModelDescription) -> Bool, willBuild: (String) -> Void
  ) throws {
    self.init()
    // A name without a slash is a file in the working directory: the PATH is not searched.
    let programs = arguments.programs.map { program in
      (program, path: File.isPath(program.path) ? program.path : "./\(program.path)")
    }
    // Checked before peers are built, which takes time.
    for (program, path) in programs where !File.isExecutable(path) {
      throw UsageError.other(
        "--program \(program.name): \(program.path) is not an executable file (give the path of one)")
    }
    var names = Set(suite.models.map(\.description.model))
    for (program, _) in programs where !names.insert(program.name).inserted {
      throw UsageError.other("--program \(program.name): a model already has this name (choose another)")
    }
    if arguments.usesPeers {
      self = try Self.builder(runner).findPeers(
        in: Self.sourceDirectory(),
        where: { peer in
          arguments.models?.contains(peer.model) ?? canTakePart(peer)
        }, willBuild: willBuild)
      leaveOut(names)
    }
    for (program, path) in programs { try add(program.name, at: path, runner) }
  }

  private static func builder(_ runner: ChildRunner) throws -> PeerBuilder {
    PeerBuilder(
      buildDirectory: "\(try directoryOfThisProgram())/peers",
      searchPath: ThisProcess.environment("PATH") ?? "", runner)
  }

  /// Returns the directory of the peers' sources: in the working directory, or in the checkout that contains this program.
  private static func sourceDirectory() throws -> String {
    let name = "Benchmarks/Peers"
    if File.isDirectory(name) { return name }
    var directory = File.executableDirectory() ?? ""
    while let slash = directory.utf8.lastIndex(of: UInt8(ascii: "/")) {
      if File.isDirectory("\(directory)/\(name)") { return "\(directory)/\(name)" }
      directory = String(directory[..<slash])
    }
    throw CommandFailure(
      message:
        "cannot find the directory \(name), here or above this executable (run in a checkout of the sources, or use "
        + "--program)", status: 1)
  }
}
