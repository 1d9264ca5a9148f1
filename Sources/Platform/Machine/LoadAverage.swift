import CPlatform

/// The average number of processes that were running or waiting to run.
public struct LoadAverage: Equatable, Sendable {
  /// Over the last minute.
  public var oneMinute: Double
  /// Over the last five minutes.
  public var fiveMinutes: Double
  /// Over the last fifteen minutes.
  public var fifteenMinutes: Double

  /// Creates load averages.
  public init(oneMinute: Double, fiveMinutes: Double, fifteenMinutes: Double) {
    self.oneMinute = oneMinute
    self.fiveMinutes = fiveMinutes
    self.fifteenMinutes = fifteenMinutes
  }

  /// Reads `/proc/loadavg`, or what the C library reports on a system without `/proc`; returns `nil` if it is missing or
  /// malformed.
  public static func read(from tree: FileTree = .machine) -> LoadAverage? {
    let words = tree.line("proc/loadavg")?.split(separator: " ").prefix(3)
    let numbers = words.map { $0.compactMap { Double($0) } } ?? (tree.isMachine ? ofThisMachine : [])
    let values = numbers.filter { $0.isFinite && $0 >= 0 }
    guard values.count == 3 else { return nil }
    return LoadAverage(oneMinute: values[0], fiveMinutes: values[1], fifteenMinutes: values[2])
  }

  private static var ofThisMachine: [Double] {
    var averages = [0.0, 0, 0]
    return Array(averages.prefix(max(0, Int(getloadavg(&averages, 3)))))
  }
}
