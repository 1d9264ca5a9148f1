import CPlatform

/// The most memory that a process has had resident.
public enum PeakMemory {
  /// The peak of a process that was forked and has executed no other program, in bytes; `nil` where it is not told.
  ///
  /// One quick system call, which may stand in a timed region. The kernel starts this count anew for a forked
  /// process, but not for one that executes a program.
  public static func sinceFork() -> UInt64? {
    var usage = rusage()
    if getrusage(ownUsage, &usage) != 0 { return nil }
    return UInt64(usage.ru_maxrss) * bytesPerUnit
  }

  #if canImport(Darwin)
    private static let bytesPerUnit: UInt64 = 1
    private static let ownUsage = RUSAGE_SELF
  #else
    private static let bytesPerUnit: UInt64 = 1024
    private static let ownUsage = __rusage_who_t(RUSAGE_SELF.rawValue)
  #endif

  /// The peak that a `/proc/<pid>/status` text tells, in bytes.
  static func inStatus(_ status: String) -> UInt64? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { UInt64($0) }.map {
      $0 * 1024
    }
  }
}
