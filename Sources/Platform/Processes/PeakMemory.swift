import CPlatform

/// The maximum resident memory of a process.
public enum PeakMemory {
  /// Returns the peak of a process that was forked and has executed no other program, in bytes; `nil` if the
  /// system does not report it.
  ///
  /// This is one quick system call, cheap enough for a timed region. The kernel resets this value for a
  /// forked process, but not for one that executes a program.
  public static func sinceFork() -> UInt64? {
    var usage = rusage()
    if getrusage(ownUsage, &usage) != 0 { return nil }
    return UInt64(clamping: usage.ru_maxrss) &* bytesPerUnit
  }

  #if canImport(Darwin)
    static let bytesPerUnit: UInt64 = 1
    private static let ownUsage = RUSAGE_SELF
  #else
    static let bytesPerUnit: UInt64 = 1024
    private static let ownUsage = __rusage_who_t(RUSAGE_SELF.rawValue)
  #endif

  /// Returns the peak in the text of a `/proc/<pid>/status`, in bytes.
  static func inStatus(_ status: String) -> UInt64? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    guard let word = line?.split(whereSeparator: \.isWhitespace).dropFirst().first,
      let kilobytes = UInt64(word)
    else { return nil }
    let (bytes, overflow) = kilobytes.multipliedReportingOverflow(by: 1024)
    return overflow ? nil : bytes
  }
}
