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

  /// The peak memory of the largest process, in bytes. It is at least what this process had when it started the child, so a
  /// smaller peak is unknown.
  public var peakMemory: UInt64

  /// Converts the kernel's record.
  init(_ usage: rusage) {
    userTime = Self.nanoseconds(usage.ru_utime)
    systemTime = Self.nanoseconds(usage.ru_stime)
    voluntaryContextSwitches = usage.ru_nvcsw
    involuntaryContextSwitches = usage.ru_nivcsw
    minorPageFaults = usage.ru_minflt
    majorPageFaults = usage.ru_majflt
    peakMemory = UInt64(clamping: usage.ru_maxrss) &* PeakMemory.bytesPerUnit
  }

  /// The usage of no process.
  public static let none = ResourceUsage(rusage())

  /// Adds the usage of other processes.
  public static func += (sum: inout ResourceUsage, other: ResourceUsage) {
    sum.userTime += other.userTime
    sum.systemTime += other.systemTime
    sum.voluntaryContextSwitches += other.voluntaryContextSwitches
    sum.involuntaryContextSwitches += other.involuntaryContextSwitches
    sum.minorPageFaults += other.minorPageFaults
    sum.majorPageFaults += other.majorPageFaults
    sum.peakMemory = max(sum.peakMemory, other.peakMemory)
  }

  private static func nanoseconds(_ time: timeval) -> UInt64 {
    UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_usec) &* 1000
  }
}
