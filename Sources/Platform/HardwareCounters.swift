import CPlatform

/// Counts for a child process and for every thread and process that comes from it.
///
/// The counting begins when the child has been spawned, not when it is executed: what it does in its first
/// microseconds is missed, and so is a thread that it has created by then, which no program does before its own code
/// begins.
public final class HardwareCounters {
  private let files: [(counter: HardwareCounter, file: Descriptor)]

  /// Begins to count.
  ///
  /// - Parameters:
  ///   - child: The process.
  ///   - counters: What to count; what the kernel refuses is left out.
  public convenience init(of child: ChildProcess, _ counters: [HardwareCounter]) {
    self.init(process: child.identifier, counters)
  }

  /// Begins to count for a process; 0 is the calling thread.
  init(process: pid_t, _ counters: [HardwareCounter]) {
    files = counters.compactMap { counter in
      (try? Self.open(counter, process)).map { (counter, $0) }
    }
  }

  /// What was counted up to now. Counters that the kernel had to share out are scaled to the whole time, as `perf`
  /// does; one that was not counted at all is left out.
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

  /// A count scaled from the time in which it was counted to the time in which it should have been.
  static func scaled(_ count: UInt64, enabled: UInt64, running: UInt64) -> UInt64? {
    if running == 0 { return nil }
    if enabled == running { return count }
    return UInt64(exactly: (Double(count) * Double(enabled) / Double(running)).rounded())
  }

  /// Why the kernel would not count something for a process of this user; `nil` where it would.
  public static func refusal(
    of counter: HardwareCounter, in tree: FileTree = .machine
  ) -> CounterRefusal? {
    do throws(SystemError) {
      _ = try open(counter, 0)
      return nil
    } catch {
      return CounterRefusal(code: error.code, paranoid: tree.number("proc/sys/kernel/perf_event_paranoid"))
    }
  }

  private static func open(_ counter: HardwareCounter, _ process: pid_t) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try system("count", counter.rawValue) { scaleup_open_counter(counter.number, process) })
  }
}
