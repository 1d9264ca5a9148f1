import FoundationEssentials
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

  /// Returns the path for a new run: `<host>-<UTC time>.json`, with a number appended to the name if that file exists.
  public func path(forRunOn host: String, at time: Date) -> String {
    let stamp = time.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    let name = "\(path)/\(fileName(of: host))-\(stamp)"
    let names = ["\(name).json"] + (2...1000).map { "\(name)-\($0).json" }
    return names.first { !File.exists($0) } ?? "\(name)-\(UInt64.random(in: 0...UInt64.max)).json"
  }

  /// Returns the paths of the JSON files in the directory, sorted by name; none if the directory is missing.
  public func files() -> [String] {
    let names = (try? File.names(in: path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { "\(path)/\($0)" }.filter(File.isRegular)
  }

  private func fileName(of host: String) -> String {
    let name = host.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
    return name.isEmpty ? "machine" : String(name)
  }
}

/// Returns a time in UTC in the format of RFC 3339, to the second.
public func timestamp(_ time: Date) -> String {
  time.formatted(.iso8601)
}
