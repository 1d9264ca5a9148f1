import Arguments
import Harness
import Platform

/// The results file of a run, claimed from before its first trial to its end, so that no other run writes it.
struct RunDestination {
  private let file: ClaimedFile

  /// The path of the results file.
  var path: String { file.path }

  /// The directory of the results file.
  var directory: String { File.directory(of: path) }

  /// Claims the file of a new run. Returns `nil` if the run is not saved.
  ///
  /// - Throws: `CommandFailure` if it is not writable, or if another run is writing it.
  init?(_ arguments: RunOutputArguments, _ host: String, _ time: UTCTime) throws(CommandFailure) {
    if !arguments.isSaved { return nil }
    let given = arguments.path
    do throws(SystemError) {
      let target = try given.map(File.target(of:)) ?? ResultsDirectory.standardPath
      if given == nil { try File.createDirectory(target) }
      file =
        File.isDirectory(target)
        ? try ResultsDirectory(target).claimFile(forRunOn: host, at: time) : try ClaimedFile.claim(target)
    } catch {
      throw CommandFailure(
        error,
        remedy: "expected a file in an existing, writable directory; try another --output or --no-save",
        status: given == nil ? 1 : UsageError.exitStatus)
    }
  }

  /// Claims the file of the run of the baseline's suite: `run-baseline.json` beside `run.json`.
  ///
  /// - Throws: `CommandFailure` if it is not writable, if another run is writing it, or if it is there and no such run.
  func forBaseline() throws(CommandFailure) -> RunDestination {
    let target = "\(path.hasSuffix(".json") ? String(path.dropLast(5)) : path)-baseline.json"
    if File.hasContent(target), (try? RunFile.read(target))?.sharesRounds != true {
      throw CommandFailure(
        message: "\(target) exists and is no earlier run of a baseline's suite (choose another --output)",
        status: UsageError.exitStatus)
    }
    do throws(SystemError) {
      return RunDestination(file: try ClaimedFile.claim(target))
    } catch {
      throw CommandFailure(error, remedy: "try another --output or --no-save", status: UsageError.exitStatus)
    }
  }

  private init(file: ClaimedFile) {
    self.file = file
  }

  /// Claims the file of a run to continue.
  ///
  /// - Throws: `CommandFailure` if it is not writable, or if another run is writing it.
  init(resuming path: String) throws(CommandFailure) {
    do throws(SystemError) {
      file = try ClaimedFile(existing: File.target(of: path))
    } catch {
      throw CommandFailure(
        error, remedy: "--resume expects a writable results file", status: UsageError.exitStatus)
    }
  }

  /// Saves the current state of the run.
  ///
  /// - Parameters:
  ///   - isSynced: Whether it survives a power failure from now on.
  ///   - write: Writes the run.
  /// - Throws: `SystemError`.
  func save(isSynced: Bool, _ write: (Draft) throws(SystemError) -> Void) throws(SystemError) {
    try file.replace(isSynced: isSynced, writing: write)
  }
}

extension CommandFailure {
  /// Makes the failure to claim a results file.
  init(_ error: SystemError, remedy: String, status: Int32) {
    if error.isClaimed {
      let name = error.subject ?? "this file"
      self.init(
        message: "another run is writing \(name) (wait until it ends)", status: UsageError.exitStatus)
    } else {
      self.init(message: "\(error) (\(remedy))", status: status)
    }
  }
}
