import CPlatform

/// The resources that a finished process and its reaped descendants used, as accounted by the kernel.
public struct ResourceUsage: Equatable, Sendable {
  /// CPU time in user mode, in nanoseconds.
  public var userTime: UInt64
  /// CPU time in the kernel, in nanoseconds.
  public var systemTime: UInt64
  /// Context switches because the process waited.
  public var voluntaryContextSwitches: Int
  /// Context switches because the kernel preempted the process.
  public var involuntaryContextSwitches: Int
  /// Page faults without I/O.
  public var minorPageFaults: Int
  /// Page faults with I/O.
  public var majorPageFaults: Int

  /// Converts the kernel's record.
  init(_ usage: rusage) {
    userTime = Self.nanoseconds(usage.ru_utime)
    systemTime = Self.nanoseconds(usage.ru_stime)
    voluntaryContextSwitches = usage.ru_nvcsw
    involuntaryContextSwitches = usage.ru_nivcsw
    minorPageFaults = usage.ru_minflt
    majorPageFaults = usage.ru_majflt
  }

  private static func nanoseconds(_ time: timeval) -> UInt64 {
    UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_usec) &* 1000
  }
}
