import Arguments
import FoundationEssentials
import Harness
import Platform

/// Where a run is saved.
final class RunDestination {
  /// The path of the results file.
  private(set) var path: String

  /// Finds another path that is free; `nil` where the user gave the path.
  private let nextPath: (() -> String)?
  private var file: ClaimedFile?

  /// Checks that the file can be written, before anything is measured. Returns `nil` if the run is not saved.
  ///
  /// - Throws: `CommandFailure`.
  init?(_ arguments: RunOutputArguments, _ host: String, _ time: Date) throws(CommandFailure) {
    if !arguments.isSaved { return nil }
    let given = arguments.path
    do throws(SystemError) {
      let folder = given ?? ResultsFolder.standardPath
      if given == nil { try File.createDirectory(folder) }
      let isChosen = File.isDirectory(folder)
      nextPath = isChosen ? { ResultsFolder(folder).path(forRunOn: host, at: time) } : nil
      path = nextPath?() ?? folder
      try File.checkReplaceable(path)
    } catch {
      let remedy = "try --output FILE with another path, or --no-save"
      throw CommandFailure(
        message: "\(error); expected a file in a folder that exists and can be written; \(remedy)",
        status: given == nil ? 1 : UsageError.exitStatus)
    }
    if nextPath == nil { file = try Self.claim(path) }
  }

  /// The file of a run that is carried on.
  ///
  /// - Throws: `CommandFailure` where it cannot be written, or another run is writing to it.
  init(resuming path: String) throws(CommandFailure) {
    (self.path, nextPath) = (path, nil)
    do throws(SystemError) {
      try File.checkReplaceable(path)
    } catch {
      throw CommandFailure(
        message: "\(error); expected a file that can be written, to carry the run on in",
        status: UsageError.exitStatus)
    }
    file = try Self.claim(path)
  }

  /// Claims the file of a run, so that no two runs write to it in turns.
  ///
  /// - Throws: `CommandFailure` where another run is writing to it.
  private static func claim(_ path: String) throws(CommandFailure) -> ClaimedFile {
    do throws(SystemError) {
      return try ClaimedFile(path)
    } catch {
      throw CommandFailure(
        message: "\(path) is being written by another run; wait until that has ended",
        status: UsageError.exitStatus)
    }
  }

  /// The folder of the results file.
  var folder: String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Saves the run as it is now. A name that was chosen is first made sure of: another run may have chosen it in
  /// the same second.
  ///
  /// - Parameter write: Writes the run.
  /// - Throws: `SystemError`.
  func save(_ write: (Draft) throws(SystemError) -> Void) throws(SystemError) {
    try claimedFile().replace(writing: write)
  }

  private func claimedFile() throws(SystemError) -> ClaimedFile {
    if let file { return file }
    while let nextPath {
      do throws(SystemError) {
        try File.reserve(path)
        break
      } catch {
        if !error.fileExists { throw error }
        path = nextPath()
      }
    }
    let claimed = try ClaimedFile(path)
    file = claimed
    return claimed
  }
}
