/// The number and duration of the periods in which control groups stopped their processes because a quota was
/// used up.
public struct Throttling: Equatable, Sendable {
  /// The number of throttled periods, usually of 100 ms each.
  public var periods: UInt64
  /// The throttled time in nanoseconds, summed over the throttled CPUs.
  public var time: UInt64

  /// Creates a reading.
  public init(periods: UInt64, time: UInt64) {
    self.periods = periods
    self.time = time
  }

  /// Returns the difference from an earlier reading; zero if the counters were reset.
  public func since(_ earlier: Throttling) -> Throttling {
    Throttling(
      periods: periods > earlier.periods ? periods - earlier.periods : 0,
      time: time > earlier.time ? time - earlier.time : 0)
  }
}

/// Reads the throttling counters of the process's control groups and of every group above them.
///
/// The groups are looked up once: a process rarely changes its group, and its children inherit it.
public struct ThrottlingReader: Sendable {
  private let tree: FileTree
  private let files: [String]

  /// Looks up the groups.
  public init(from tree: FileTree = .machine) {
    self.tree = tree
    files = ControlGroups.levels(of: "cpu", in: tree).map { "\($0.directory)/cpu.stat" }
      .filter { Self.throttling(in: tree.text($0)) != nil }
  }

  /// Returns the current counters, summed over the groups; `nil` if no group has them.
  ///
  /// A group's counters cover its own quota only, so the sum counts nothing twice.
  public func read() -> Throttling? {
    let counters = files.compactMap { Self.throttling(in: tree.text($0)) }
    guard let first = counters.first else { return nil }
    return counters.dropFirst().reduce(first) {
      Throttling(periods: $0.periods &+ $1.periods, time: $0.time &+ $1.time)
    }
  }

  /// Parses `cpu.stat`. Version 1 has the time in nanoseconds, version 2 in microseconds. In version 2 the
  /// file of the topmost group lacks these lines.
  private static func throttling(in text: String?) -> Throttling? {
    guard let text else { return nil }
    var (periods, time): (UInt64?, UInt64?) = (nil, nil)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let value = UInt64(words[1]) else { continue }
      switch words[0] {
      case "nr_throttled": periods = value
      case "throttled_time": time = value
      case "throttled_usec": time = value.multipliedReportingOverflow(by: 1000).overflow ? nil : value * 1000
      default: continue
      }
    }
    guard let periods, let time else { return nil }
    return Throttling(periods: periods, time: time)
  }
}
