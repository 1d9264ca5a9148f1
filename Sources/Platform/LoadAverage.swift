/// How many processes were running or waiting to run, averaged over time.
public struct LoadAverage: Equatable, Sendable {
  /// Over the last minute.
  public var oneMinute: Double
  /// Over the last five minutes.
  public var fiveMinutes: Double
  /// Over the last quarter of an hour.
  public var fifteenMinutes: Double

  /// Describes averages.
  public init(oneMinute: Double, fiveMinutes: Double, fifteenMinutes: Double) {
    self.oneMinute = oneMinute
    self.fiveMinutes = fiveMinutes
    self.fifteenMinutes = fifteenMinutes
  }

  /// The averages in `/proc/loadavg`; `nil` where they are missing or malformed.
  public static func read(from tree: FileTree = .machine) -> LoadAverage? {
    let words = tree.line("proc/loadavg")?.split(separator: " ").prefix(3) ?? []
    let values = words.compactMap { Double($0) }.filter { $0.isFinite && $0 >= 0 }
    guard values.count == 3 else { return nil }
    return LoadAverage(oneMinute: values[0], fiveMinutes: values[1], fifteenMinutes: values[2])
  }
}
