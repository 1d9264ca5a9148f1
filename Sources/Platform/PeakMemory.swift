/// The most memory that a process has had resident.
public enum PeakMemory {
  /// The peak that a `/proc/<pid>/status` text tells, in bytes.
  static func inStatus(_ status: String) -> UInt64? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { UInt64($0) }.map {
      $0 * 1024
    }
  }
}
