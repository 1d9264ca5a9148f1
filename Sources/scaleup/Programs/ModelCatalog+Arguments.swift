import Arguments
import Harness
import Platform

extension ModelCatalog {
  /// Finds the models whose executables are in the directory of this program.
  ///
  /// - Throws: `CommandFailure` if there are none; `Interruption`, `SystemError`.
  static func findBesideThisProgram(_ runner: ChildRunner) throws -> ModelCatalog {
    let directory = try directoryOfThisProgram()
    let catalog = try ModelCatalog.find(in: directory, runner)
    if catalog.models.isEmpty {
      let found = (catalog.brokenLines + catalog.problems).map { " (\($0))" }.joined()
      let names = ModelCatalog.standard.map { "scaleup-\($0)" }.joined(separator: ", ")
      let remedy =
        catalog.broken.isEmpty
        ? ": expected \(names) (copy them there too, or build them with: swift build -c release)" : ""
      throw CommandFailure(
        message: "no model executable works in the directory of this program\(found)\(remedy)", status: 1)
    }
    return catalog
  }

  /// Returns the remedy for a missing executable.
  func buildHint(_ model: String) -> String {
    "build it with: swift build -c release --product scaleup-\(model)"
  }

  /// Checks that models that are needed by name are neither missing nor broken.
  ///
  /// - Throws: `CommandFailure`.
  func require(_ names: [String]) throws(CommandFailure) {
    for name in names {
      if let line = brokenLine(name) {
        throw CommandFailure(message: "cannot run the model '\(name)': \(line)", status: 1)
      }
      if missing.contains(name) {
        throw CommandFailure(
          message: "cannot run the model '\(name)': its executable is missing; \(buildHint(name))", status: 1)
      }
    }
  }

  /// Returns a line for each broken model of the suite that would take part: all of them, unless models are named.
  func failures(_ arguments: ProgramArguments) -> [String] {
    arguments.models == nil ? Self.standard.compactMap(brokenLine) : []
  }

  /// Returns the catalog with the launcher in the arguments, if any.
  ///
  /// - Throws: `UsageError` if the launcher is not installed, lacks a placeholder, or has no model to start.
  func launching(_ arguments: ProgramArguments) throws(UsageError) -> ModelCatalog {
    let searchPath = ThisProcess.environment("PATH") ?? ""
    if let launcher = arguments.launcher {
      try check(launcher, threadsPerRank: arguments.threadsPerRank, searchPath)
    } else if arguments.threadsPerRank != nil {
      throw .other("--threads-per-rank has no effect without --launcher (add one, or leave it out)")
    }
    return launching(with: arguments.launcher, searchPath: searchPath)
  }

  private func check(
    _ launcher: Launcher, threadsPerRank: [Int]?, _ searchPath: String
  ) throws(UsageError) {
    if File.executable(launcher.words[0], searchPath: searchPath) == nil {
      throw .other(
        "cannot find the launcher '\(launcher.words[0])' on the PATH (install it, or give its path)")
    }
    if !models.contains(where: { $0.description.isLaunched == true }) {
      let reason =
        idle["mpi"].map { "scaleup-mpi is \($0)" } ?? brokenLine("mpi")
        ?? "scaleup-mpi is missing; \(buildHint("mpi"))"
      throw .other("--launcher has no model to start: \(reason)")
    }
    if let threadsPerRank, threadsPerRank != [1], !launcher.knowsRanks {
      throw .other(
        "--threads-per-rank needs a launcher that takes the number of processes (write {ranks} instead of "
          + "{workers})")
    }
  }
}

/// Returns the directory of this program, which has the models and the built peers.
///
/// - Throws: `CommandFailure` if the system does not report it.
func directoryOfThisProgram() throws(CommandFailure) -> String {
  if let directory = File.executableDirectory() { return directory }
  throw CommandFailure(message: "cannot locate this executable (is /proc mounted?)", status: 1)
}
