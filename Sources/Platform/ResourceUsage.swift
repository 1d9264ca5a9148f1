import CPlatform

/// What a finished process, and every descendant that it waited for, has used, as the kernel accounts it.
public struct ResourceUsage: Equatable, Sendable {
  /// CPU time in user mode, in nanoseconds.
  public var userTime: UInt64
  /// CPU time in the kernel, in nanoseconds.
  public var systemTime: UInt64
  /// Times that it gave the core away itself, by waiting.
  public var voluntaryContextSwitches: Int
  /// Times that the kernel took the core away from it.
  public var involuntaryContextSwitches: Int
  /// Page faults that needed no input or output.
  public var minorPageFaults: Int
  /// Page faults that did.
  public var majorPageFaults: Int

  /// Reads the kernel's record.
  init(_ usage: rusage) {
    userTime = Self.nanoseconds(usage.ru_utime)
    systemTime = Self.nanoseconds(usage.ru_stime)
    voluntaryContextSwitches = usage.ru_nvcsw
    involuntaryContextSwitches = usage.ru_nivcsw
    minorPageFaults = usage.ru_minflt
    majorPageFaults = usage.ru_majflt
  }

  private static func nanoseconds(_ time: timeval) -> UInt64 {
    UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_usec) * 1000
  }
}
