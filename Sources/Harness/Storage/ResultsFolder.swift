import FoundationEssentials
import Platform
import Records

/// Where runs are kept, and under which names.
public struct ResultsFolder: Sendable {
  /// Where runs are kept unless the user says otherwise, relative to the current folder.
  public static let standardPath = "results"

  /// The folder's path.
  public let path: String

  /// A folder that need not be there yet.
  public init(_ path: String) {
    self.path = path
  }

  /// The path for a new run: `<host>-<UTC time>.json`, with a number behind it where there is such a file.
  public func path(forRunOn host: String, at time: Date) -> String {
    let stamp = time.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    let name = "\(path)/\(fileName(of: host))-\(stamp)"
    let names = ["\(name).json"] + (2...1000).map { "\(name)-\($0).json" }
    return names.first { !File.exists($0) } ?? "\(name)-\(UInt64.random(in: 0...UInt64.max)).json"
  }

  /// The paths of the files in the folder that may be runs, by name; none where there is no folder.
  public func files() -> [String] {
    let names = (try? File.names(in: path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { "\(path)/\($0)" }.filter(File.isRegular)
  }

  private func fileName(of host: String) -> String {
    let name = host.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
    return name.isEmpty ? "machine" : String(name)
  }
}

/// A moment as RFC 3339 writes it, in UTC, to the second.
public func timestamp(_ time: Date) -> String {
  time.formatted(.iso8601)
}
