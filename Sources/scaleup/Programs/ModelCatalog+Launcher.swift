import Arguments
import FoundationEssentials
import Harness
import Platform

extension ModelCatalog {
  /// Returns the catalog with the launcher that was asked for.
  ///
  /// - Throws: `UsageError` if the launcher is not installed, cannot do what is asked, or has nothing to start.
  func launching(_ arguments: ProgramArguments) throws(UsageError) -> ModelCatalog {
    let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? ""
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
      let reason = idle["mpi"].map { "scaleup-mpi is \($0)" } ?? "scaleup-mpi is missing; \(buildHint("mpi"))"
      throw .other("--launcher has nothing to start: \(reason)")
    }
    if let threadsPerRank, threadsPerRank != [1], !launcher.knowsRanks {
      throw .other(
        "--threads-per-rank needs a launcher that takes the number of processes (write {ranks} instead of "
          + "{workers})")
    }
  }
}
