import Records

/// The load of other programs during an execution.
extension ProcessRecord {
  /// The most foreign load of an execution that counts, in cores. On quiet machines, executions of 150 ms and more stay
  /// below it; a program that takes a core exceeds it many times.
  public static let mostForeignLoad = 0.15
  /// The least foreign time that can be told from rounding, in nanoseconds: the kernel counts in ticks of 10 ms.
  private static let leastForeignTime = 30e6

  /// The mean number of cores that other programs kept busy, of those that this machine's part of the execution could use,
  /// from its start to its end; `nil` if it was not recorded.
  public var foreignLoad: Double? { foreignTime.flatMap { wall > 0 ? $0 / Double(wall) : nil } }

  /// Returns whether other programs disturbed the execution. It is decided by the foreign load alone: if the execution's own
  /// time decided, slow trials would be left out for being slow.
  ///
  /// - Parameter most: The most foreign load of an execution that counts, in cores.
  public func isDisturbed(beyond most: Double = mostForeignLoad) -> Bool {
    guard let foreignTime, let foreignLoad else { return false }
    return foreignLoad > most && foreignTime > Self.leastForeignTime
  }

  /// The CPU time of other programs, in nanoseconds; `nil` if it was not recorded.
  private var foreignTime: Double? {
    activity?.busy.map { max(0, Double($0) - Double(userTime) - Double(systemTime)) }
  }
}

extension Plan {
  /// The most foreign load of a trial that counts, in cores: that of the plan, or `ProcessRecord.mostForeignLoad`.
  public var foreignLoadLimit: Double { mostForeignLoad ?? ProcessRecord.mostForeignLoad }
}
