import Platform
import Records

/// A directory of results files, and their names.
public struct ResultsDirectory: Sendable {
  /// The default directory, relative to the working directory.
  public static let standardPath = "results"

  /// The path of the directory.
  public let path: String

  /// Makes a directory from its path. It need not exist yet.
  public init(_ path: String) {
    self.path = path
  }

  /// Claims the file for a new run: `<host>-<UTC time>.json`, with a number appended to the name if there is such a
  /// file.
  ///
  /// - Throws: `SystemError` if no file can be created.
  public func claimFile(forRunOn host: String, at time: UTCTime) throws(SystemError) -> ClaimedFile {
    let name = "\(path)/\(fileName(of: host))-\(time.compactText)"
    var number = 1
    while true {
      do throws(SystemError) {
        return try ClaimedFile(creating: number == 1 ? "\(name).json" : "\(name)-\(number).json")
      } catch {
        if !error.fileExists { throw error }
        number += 1
      }
    }
  }

  /// Returns the paths of the JSON files in the directory, sorted by name; none if the directory is missing. Symbolic
  /// links are left out, and so are empty files: their runs saved no trial.
  public func files() -> [String] {
    let names = (try? File.names(in: path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { "\(path)/\($0)" }.filter(File.hasContent)
  }

  private func fileName(of host: String) -> String {
    let name = host.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
    return name.isEmpty ? "machine" : String(name)
  }
}
