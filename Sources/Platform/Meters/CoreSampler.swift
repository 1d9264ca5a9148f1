/// Reads the cumulative times of every core, cheaply enough to run twenty times per second.
public final class CoreSampler {
  private let source: any CoreSource

  /// Prepares to read `/proc/stat`, or else the counters that Darwin has instead; returns `nil` if the system has neither.
  public init?(from tree: FileTree = .machine) {
    guard let source: any CoreSource = StatFile(in: tree) ?? (tree.isMachine ? TickCounters() : nil) else {
      return nil
    }
    self.source = source
  }

  /// Replaces a reading with the current times of the cores.
  ///
  /// - Returns: Whether the read succeeded; the reading is empty if it failed.
  @discardableResult
  public func read(into reading: inout CoreReading) -> Bool {
    source.read(into: &reading)
  }
}

/// A place where the system reports the times of the cores.
protocol CoreSource: AnyObject {
  /// Replaces a reading, and returns whether that succeeded.
  func read(into reading: inout CoreReading) -> Bool
}
