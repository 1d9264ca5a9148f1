import Arguments
import Harness
import Platform

/// The arguments that name programs to measure beside the standard models.
struct ProgramArguments {
  /// The names of the models and peers to try; `nil` is all.
  let models: [String]?
  let usesPeers: Bool
  let programs: [NamedProgram]
  let launcher: Launcher?
  let threadsPerRank: [Int]?

  static let models = Option<[String]>(
    "model", "NAME,…", Reader.text("a model", example: "fork").list(),
    help: "models to run (default: all; see scaleup list)")

  private static let threadsPerRank = Option<[Int]>(
    "threads-per-rank", "COUNT,…", SuiteOptions.workerCount.list(),
    help: "threads per process of mpi, {threads} in --launcher (default: 1)")

  private static let launcher = Option<Launcher>(
    "launcher", "COMMAND",
    Reader(
      expected: "a command with {workers} or {ranks}, and with every quote closed",
      example: "\"mpirun -n {workers}\"", parse: { Launcher($0) }),
    help: "command to start mpi, such as \"mpirun -n {workers}\" (default: leave out mpi)"
  )

  init(_ line: inout ArgumentLine, models: [String]?, withLauncher: Bool = false) {
    self.models = models
    usesPeers = line.has(
      Flag("peers", help: "also time the peers in other languages whose toolchains are installed"))
    programs =
      line.value(
        of: Option(
          "program", "NAME=PATH", NamedProgram.reader.list(),
          help: "also time your own program (see \"A program of your own\" in Benchmarks/README.md)")) ?? []
    launcher = withLauncher ? line.value(of: Self.launcher) : nil
    threadsPerRank = withLauncher ? line.value(of: Self.threadsPerRank) : nil
  }

  /// Returns the members that were asked for by name, in the order of `members`.
  ///
  /// - Parameters:
  ///   - names: The names that were asked for; `nil` is all.
  ///   - option: The option that names them.
  ///   - known: Every name that is accepted.
  /// - Throws: `UsageError` if a name is not known.
  static func choose<Member>(
    _ names: [String]?, option: String, from members: [Member], known: [String], name: (Member) -> String
  ) throws(UsageError) -> [Member] {
    guard let names else { return members }
    let reader = Reader<String>.word(of: known)
    for name in names {
      if case .failure(let problem) = reader.read(name) {
        throw .invalidValue(option: option, problem)
      }
    }
    return members.filter { names.contains(name($0)) }
  }
}

/// A program of the user and the name that it is shown by: `NAME=PATH`.
struct NamedProgram: Hashable {
  let name: String
  let path: String

  static let reader = Reader<NamedProgram>(
    expected: "\(PeerCatalog.nameRule), an equals sign and a path", example: "mine=./mine",
    parse: { word in
      guard let sign = word.firstIndex(of: "=") else { return nil }
      let (name, path) = (String(word[..<sign]), String(word[sign...].dropFirst()))
      return PeerCatalog.isName(name) && !path.isEmpty ? NamedProgram(name: name, path: path) : nil
    })
}
