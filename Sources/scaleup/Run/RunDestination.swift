import Arguments
import FoundationEssentials
import Harness
import Platform

/// The results file of a run.
final class RunDestination {
  /// The path of the results file.
  private(set) var path: String

  /// Returns a path that is free; `nil` if the user gave the path.
  private let nextPath: (() -> String)?
  private var file: ClaimedFile?

  /// Checks that the file can be written, before anything is measured. Returns `nil` if the run is not saved.
  ///
  /// - Throws: `CommandFailure`.
  init?(_ arguments: RunOutputArguments, _ host: String, _ time: Date) throws(CommandFailure) {
    if !arguments.isSaved { return nil }
    let given = arguments.path
    do throws(SystemError) {
      let target = given ?? ResultsDirectory.standardPath
      if given == nil { try File.createDirectory(target) }
      let isDirectory = File.isDirectory(target)
      nextPath = isDirectory ? { ResultsDirectory(target).path(forRunOn: host, at: time) } : nil
      path = nextPath?() ?? target
      try File.checkReplaceable(path)
    } catch {
      throw CommandFailure(
        message:
          "\(error) (expected a file in an existing, writable directory; try another --output or --no-save)",
        status: given == nil ? 1 : UsageError.exitStatus)
    }
    if nextPath == nil { file = try Self.claim(path) }
  }

  /// Claims the results file of a run to continue.
  ///
  /// - Throws: `CommandFailure` if it is not writable, or if another run is writing it.
  init(resuming path: String) throws(CommandFailure) {
    (self.path, nextPath) = (path, nil)
    do throws(SystemError) {
      try File.checkReplaceable(path)
    } catch {
      throw CommandFailure(
        message: "\(error) (--resume expects a writable results file)",
        status: UsageError.exitStatus)
    }
    file = try Self.claim(path)
  }

  /// Claims a results file, so that no two runs write it by turns.
  ///
  /// - Throws: `CommandFailure` if another run is writing it.
  private static func claim(_ path: String) throws(CommandFailure) -> ClaimedFile {
    do throws(SystemError) {
      return try ClaimedFile(path)
    } catch {
      throw CommandFailure(
        message: "another run is writing \(path) (wait until it ends)",
        status: UsageError.exitStatus)
    }
  }

  /// The directory of the results file.
  var directory: String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Saves the current state of the run. The first save reserves a generated name: another run may have chosen the same
  /// one in the same second.
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
