import Arguments
import FoundationEssentials
import Harness
import Platform

/// Where a run is saved.
enum RunDestination {
  /// The path of the results file, found out to be writable before anything is measured; `nil` where the run
  /// is not to be saved.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  static func path(_ matches: Matches, _ host: String, _ time: Date) throws -> String? {
    let given = matches.value(of: RunOptions.output)
    if matches.has(RunOptions.noSave) {
      if given == nil { return nil }
      throw UsageError.other("--no-save and --output contradict each other; leave one out")
    }
    do throws(SystemError) {
      let folder = given ?? ResultsFolder.standardPath
      if given == nil { try File.makeFolder(folder) }
      let file = File.isFolder(folder) ? ResultsFolder(folder).path(forRunOn: host, at: time) : folder
      try File.checkReplaceable(file)
      return file
    } catch {
      let remedy = "try --output FILE with another path, or --no-save"
      throw CommandFailure(
        message: "\(error); expected a file in a folder that exists and can be written; \(remedy)",
        status: given == nil ? 1 : UsageError.exitStatus)
    }
  }
}
