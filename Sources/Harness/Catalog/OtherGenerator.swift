import Platform
import Records

/// A load generator of others, which can take the place of `scaleup load` to check that by. It knows no rate: each connection
/// sends when its last request is answered. It checks no answer, and its latencies are not used, because they count from sending.
public enum OtherGenerator: String, CaseIterable, Sendable {
  /// Will Glozer's wrk, with one thread.
  case wrk
  /// Apache's ab, with one thread and HTTP/1.0.
  case ab

  /// The Debian package that has it.
  public var package: String {
    switch self {
    case .wrk: "wrk"
    case .ab: "apache2-utils"
    }
  }

  /// Returns the path of its executable; `nil` if it is not installed.
  ///
  /// - Parameter searchPath: The directories to search, separated by colons as in `PATH`.
  public func path(in searchPath: String) -> String? {
    File.executable(rawValue, searchPath: searchPath)
  }

  /// Returns the time that it measures for at least a time, in nanoseconds: it counts whole seconds.
  public static func duration(atLeast nanoseconds: UInt64) -> UInt64 {
    let second: UInt64 = 1_000_000_000
    return max(1, nanoseconds / second + (nanoseconds % second > 0 ? 1 : 0)) * second
  }

  /// Returns the arguments for requests to a URL.
  ///
  /// - Parameter duration: A time that `duration(atLeast:)` returned.
  func arguments(url: String, connections: Int, duration: UInt64) -> [String] {
    let seconds = duration / 1_000_000_000
    switch self {
    case .wrk: return ["-t1", "-c\(connections)", "-d\(seconds)s", url]
    case .ab:
      // A time alone would end after 50,000 requests.
      return [
        "-q", "-k", "-l", "-c", "\(connections)", "-t", "\(seconds)", "-n", "\(seconds * Self.mostRate)", url,
      ]
    }
  }

  /// More requests per second than it can send.
  private static let mostRate: UInt64 = 1_000_000
}

/// Its output.
extension OtherGenerator {
  /// Reads its report. Its CPU time is not in it.
  ///
  /// - Throws: `ReportError` if the report lacks a number, has one twice, or has one that cannot be.
  func record(
    _ output: String, path: String, connections: Int
  ) throws(ReportError) -> LoadRecord {
    let lines = output.split(whereSeparator: \.isNewline)
    let counts = self == .wrk ? try wrkCounts(lines) : try abCounts(lines)
    var record = LoadRecord(url: path, connections: connections, duration: counts.duration, warmUp: 0)
    record.generator = rawValue
    record.errors = counts.errors
    let wrong = min(counts.requests, counts.errors[.badStatus])
    record.answered = counts.requests - wrong
    record.answeredInAll = record.answered
    record.sent = counts.requests + (counts.errors.total - counts.errors[.badStatus])
    record.achievedRate = Double(record.answered) * 1e9 / Double(counts.duration)
    return record
  }

  /// The counts of a report.
  private struct Counts {
    /// The complete requests, whatever their status.
    var requests: UInt64
    /// The time in nanoseconds.
    var duration: UInt64
    var errors = ErrorCounts()
  }

  /// Reads lines such as `  325842 requests in 2.00s, 39.78MB read`, `  Socket errors: connect 0, read 5, write 0, timeout 0` and
  /// `  Non-2xx or 3xx responses: 5`.
  private func wrkCounts(_ lines: [Substring]) throws(ReportError) -> Counts {
    let words = lines.map { $0.split(separator: " ") }
    guard let total = try Self.only(words.filter { $0.count > 3 && $0[1] == "requests" && $0[2] == "in" })
    else {
      throw .malformed("lacks the number of requests")
    }
    let time = total[3].drop { $0.isNumber || $0 == "." }
    let units = ["us,": 1e3, "ms,": 1e6, "s,": 1e9, "m,": 60e9, "h,": 3600e9]
    guard let unit = units[String(time)] else { throw .malformed("has an invalid time: '\(total[3])'") }
    var counts = Counts(
      requests: try Self.count(total[0]), duration: try Self.time(total[3].dropLast(time.count), in: unit))
    if let sockets = try Self.only(words.filter { $0.starts(with: ["Socket", "errors:"]) }) {
      let kinds: [(Substring, RequestFailure)] = [
        ("connect", .connectionRefused), ("read", .connectionReset), ("write", .connectionReset),
        ("timeout", .timeout),
      ]
      for (word, kind) in kinds {
        guard let place = sockets.firstIndex(of: word), place + 1 < sockets.count else {
          throw .malformed("lacks the number of '\(word)' errors")
        }
        counts.errors[kind] += try Self.count(sockets[place + 1].prefix { $0 != "," })
      }
    }
    if let others = try Self.only(words.filter { $0.starts(with: ["Non-2xx", "or", "3xx", "responses:"]) }) {
      counts.errors[.badStatus] = try Self.count(others.last ?? "")
    }
    return counts
  }

  /// Reads lines such as `Complete requests:      30000`.
  private func abCounts(_ lines: [Substring]) throws(ReportError) -> Counts {
    func value(_ label: String) throws(ReportError) -> Substring? {
      let found = try Self.only(lines.filter { $0.hasPrefix(label + ":") })
      return found?.dropFirst(label.utf8.count + 1).split(separator: " ").first
    }
    guard let requests = try value("Complete requests"), let time = try value("Time taken for tests"),
      let failed = try value("Failed requests")
    else { throw .malformed("lacks the number of requests") }
    var counts = Counts(requests: try Self.count(requests), duration: try Self.time(time, in: 1e9))
    counts.errors[.connectionReset] = try Self.count(failed)
    counts.errors[.badStatus] = try value("Non-2xx responses").map(Self.count) ?? 0
    return counts
  }

  /// Returns the only one of some lines; `nil` if there is none.
  private static func only<Line>(_ lines: [Line]) throws(ReportError) -> Line? {
    if lines.count > 1 { throw .malformed("has a number twice") }
    return lines.first
  }

  private static func count(_ word: Substring) throws(ReportError) -> UInt64 {
    // At most 10^15 of each, so that no sum of them overflows.
    guard !word.isEmpty, word.utf8.count <= 15, word.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let count = UInt64(word)
    else { throw .malformed("has an invalid number: '\(word.prefix(40))'") }
    return count
  }

  private static func time(_ word: Substring, in unit: Double) throws(ReportError) -> UInt64 {
    guard word.utf8.count <= 15, word.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }),
      let value = Double(word),
      case let time = value * unit, (1e6...1e15).contains(time)
    else { throw .malformed("has an invalid time: '\(word.prefix(40))'") }
    return UInt64(time.rounded())
  }
}
