import Arguments
import FoundationEssentials
import Harness
import Platform

extension ModelCatalog {
  /// The catalog with the launcher that the options name.
  ///
  /// - Throws: `UsageError` where the launcher is not here, cannot do what is asked, or has nothing to start.
  func launching(_ matches: Matches) throws(UsageError) -> ModelCatalog {
    let launcher = matches.value(of: RunOptions.launcher)
    let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? ""
    if let launcher { try refuse(launcher, matches, searchPath) }
    if launcher == nil, matches.has(RunOptions.threadsPerRank.syntax) {
      throw .other(
        "--threads-per-rank is for processes that a launcher starts; add --launcher, or leave it out")
    }
    return launching(with: launcher, searchPath: searchPath)
  }

  private func refuse(_ launcher: Launcher, _ matches: Matches, _ searchPath: String) throws(UsageError) {
    if File.executable(launcher.words[0], searchPath: searchPath) == nil {
      throw .other(
        "--launcher: there is no program '\(launcher.words[0])' on the PATH; install it, or name its path")
    }
    if !models.contains(where: { $0.description.isLaunched == true }) {
      let reason = idle["mpi"].map { "scaleup-mpi is \($0)" } ?? "scaleup-mpi is missing; \(buildHint("mpi"))"
      throw .other("--launcher has nothing to start: \(reason)")
    }
    if let threads = matches.value(of: RunOptions.threadsPerRank), threads != [1], !launcher.knowsRanks {
      throw .other(
        "--launcher says how many workers there are, and with --threads-per-rank it must say how many processes; "
          + "write {ranks} in place of {workers}")
    }
  }
}
