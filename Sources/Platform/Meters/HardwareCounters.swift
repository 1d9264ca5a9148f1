import CPlatform

/// Event counters of a child process and of all its descendants.
///
/// Counting begins after the child has been spawned, not when its program starts. Events in the first
/// microseconds are missed, and so is a thread created by then; no program creates one before its own code
/// runs.
public final class HardwareCounters {
  private let files: [(counter: HardwareCounter, file: Descriptor)]

  /// Starts counting.
  ///
  /// - Parameters:
  ///   - child: The process to count for.
  ///   - counters: The events to count. Events that the kernel does not count are omitted.
  public convenience init(of child: ChildProcess, _ counters: [HardwareCounter]) {
    self.init(process: child.identifier, counters)
  }

  /// Starts counting for a process; 0 means the calling thread.
  init(process: pid_t, _ counters: [HardwareCounter]) {
    files = counters.compactMap { counter in
      (try? Self.open(counter, process)).map { (counter, $0) }
    }
  }

  /// Returns the counts so far. Counters that shared the hardware are scaled to the whole time, as `perf`
  /// does; events that were never counted are omitted.
  public func read() -> [HardwareCounter: UInt64] {
    var counts: [HardwareCounter: UInt64] = [:]
    for (counter, file) in files {
      var values: (count: UInt64, enabled: UInt64, running: UInt64) = (0, 0, 0)
      let size = withUnsafeMutableBytes(of: &values) { (try? file.read(into: $0)) ?? 0 }
      guard size == MemoryLayout.size(ofValue: values) else { continue }
      counts[counter] = Self.scaled(values.count, enabled: values.enabled, running: values.running)
    }
    return counts
  }

  /// Returns a count scaled from the time the counter ran to the time it was enabled; `nil` if it never ran.
  static func scaled(_ count: UInt64, enabled: UInt64, running: UInt64) -> UInt64? {
    if running == 0 { return nil }
    if enabled == running { return count }
    return UInt64(exactly: (Double(count) * Double(enabled) / Double(running)).rounded())
  }

  /// Returns the reason the kernel cannot count an event for a process of this user, or `nil` if it can.
  public static func error(
    counting counter: HardwareCounter, in tree: FileTree = .machine
  ) -> CounterError? {
    do throws(SystemError) {
      _ = try open(counter, 0)
      return nil
    } catch {
      return CounterError(code: error.code, paranoid: tree.number("proc/sys/kernel/perf_event_paranoid"))
    }
  }

  private static func open(_ counter: HardwareCounter, _ process: pid_t) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try system("count", counter.rawValue) { scaleup_open_counter(counter.number, process) })
  }
}
