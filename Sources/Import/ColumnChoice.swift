/// The columns that the user named. What is not named is guessed from usual names.
public struct ColumnChoice: Equatable, Sendable {
  /// The title of the column with the number of workers; in JSON, the name of a parameter.
  public var workers: String?
  /// The title of the column with the time of the work.
  public var time: String?
  /// The title of the column with work per time; in JSON, the name of a counter.
  public var throughput: String?
  /// The unit of the times.
  public var unit: TimeUnit?
  /// The titles of the columns whose values divide the trials into groups.
  public var groups: [String]

  /// Creates a choice; by default, nothing is named.
  public init(
    workers: String? = nil, time: String? = nil, throughput: String? = nil, unit: TimeUnit? = nil,
    groups: [String] = []
  ) {
    self.workers = workers
    self.time = time
    self.throughput = throughput
    self.unit = unit
    self.groups = groups
  }

  /// The options that name something other than the number of workers and a throughput.
  var tableOptions: [String] {
    [("--time-column", time != nil), ("--unit", unit != nil), ("--by", !groups.isEmpty)].filter(\.1).map(\.0)
  }
}

/// A unit of time.
public enum TimeUnit: String, CaseIterable, Sendable {
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"
  case nanoseconds = "ns"
  case minutes = "min"
  case hours = "h"

  /// The length of the unit in seconds.
  var seconds: Double {
    switch self {
    case .seconds: 1
    case .milliseconds: 1e-3
    case .microseconds: 1e-6
    case .nanoseconds: 1e-9
    case .minutes: 60
    case .hours: 3600
    }
  }

  /// The name of the unit, in the plural.
  var name: String { "\(self)" }

  /// Reads a unit as it is written in titles, such as `ms`, `µs` or `seconds`. There, `min` is a minimum.
  init?(word: String) {
    let unit = Self.allCases.first { unit in
      [unit.name, String(unit.name.dropLast())].contains(word) || unit.seconds <= 1 && unit.rawValue == word
    }
    let others: [String: TimeUnit] = [
      "sec": .seconds, "secs": .seconds, "msec": .milliseconds, "msecs": .milliseconds,
      "millis": .milliseconds,
      "usec": .microseconds, "usecs": .microseconds, "micros": .microseconds, "µs": .microseconds,
      "μs": .microseconds, "nsec": .nanoseconds, "nsecs": .nanoseconds, "nanos": .nanoseconds, "hr": .hours,
    ]
    guard let unit = unit ?? others[word] else { return nil }
    self = unit
  }
}
