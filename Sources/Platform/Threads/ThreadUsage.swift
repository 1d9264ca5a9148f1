import CPlatform

/// The CPU time of a thread.
public struct ThreadUsage: Equatable, Sendable {
  /// CPU time in user mode, in nanoseconds.
  public var userTime: UInt64
  /// CPU time in the kernel, in nanoseconds.
  public var systemTime: UInt64

  /// Creates a usage, by default none.
  public init(userTime: UInt64 = 0, systemTime: UInt64 = 0) {
    self.userTime = userTime
    self.systemTime = systemTime
  }

  /// Returns the CPU time that the calling thread has used so far; none if the system does not report it.
  public static func ofThisThread() -> ThreadUsage {
    var usage = ThreadUsage()
    _ = scaleup_thread_usage(&usage.userTime, &usage.systemTime)
    return usage
  }

  /// Returns the time that was used since an earlier reading.
  public func since(_ earlier: ThreadUsage) -> ThreadUsage {
    // The kernel derives both from one exact sum, and rounding can make either smaller.
    ThreadUsage(
      userTime: userTime - min(userTime, earlier.userTime),
      systemTime: systemTime - min(systemTime, earlier.systemTime))
  }
}
