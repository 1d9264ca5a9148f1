/// How often and how long control groups have stopped their processes because a quota was used up.
public struct Throttling: Equatable, Sendable {
  /// The periods in which it happened, mostly of 100 ms each.
  public var periods: UInt64
  /// For how long, in nanoseconds, summed over the CPUs that were held back.
  public var time: UInt64

  /// Describes throttling.
  public init(periods: UInt64, time: UInt64) {
    self.periods = periods
    self.time = time
  }

  /// What has come since an earlier reading; nothing where the counters were set back.
  public func since(_ earlier: Throttling) -> Throttling {
    Throttling(
      periods: periods > earlier.periods ? periods - earlier.periods : 0,
      time: time > earlier.time ? time - earlier.time : 0)
  }
}

/// Reads the throttling counters of the process's control groups and of every group above them.
///
/// The groups are looked up once: a process rarely moves, and its children are where it is.
public struct ThrottlingReader: Sendable {
  private let tree: FileTree
  private let files: [String]

  /// Looks up the groups.
  public init(from tree: FileTree = .machine) {
    self.tree = tree
    files = ControlGroups.levels(of: "cpu", in: tree).map { "\($0.folder)/cpu.stat" }
      .filter { Self.throttling(in: tree.text($0)) != nil }
  }

  /// The counters now, summed over the groups; `nil` where none has them.
  ///
  /// A group's counters tell of its own quota alone, so the sum counts nothing twice.
  public func read() -> Throttling? {
    let counters = files.compactMap { Self.throttling(in: tree.text($0)) }
    guard let first = counters.first else { return nil }
    return counters.dropFirst().reduce(first) {
      Throttling(periods: $0.periods &+ $1.periods, time: $0.time &+ $1.time)
    }
  }

  /// Version 1 tells the time in nanoseconds, version 2 in microseconds. The topmost group of version 2 has a file
  /// without these lines.
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
