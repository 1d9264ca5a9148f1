import CPlatform

/// A process and its descendants.
public enum ProcessTree {
  /// The most descendants that are counted.
  static let most = 4096

  /// Returns the CPU time that a process and its descendants have used, those that were reaped too, in nanoseconds; `nil` if there
  /// is no such process.
  public static func cpuTime(of process: pid_t) -> UInt64? {
    guard var sum = ownTime(of: process) else { return nil }
    var (rest, count) = (children(of: process), 0)
    while let next = rest.popLast(), count < most {
      count += 1
      // A process that has ended meanwhile has no time of its own any more.
      guard let time = ownTime(of: next) else { continue }
      sum += time
      rest += children(of: next)
    }
    return sum
  }

  /// Returns the CPU time of a process and of the children that it has reaped.
  private static func ownTime(of process: pid_t) -> UInt64? {
    var (time, reaped): (UInt64, UInt64) = (0, 0)
    guard scaleup_time_of_process(process, &time, &reaped) == 0 else { return nil }
    return time + reaped + reapedTime(of: process)
  }
}
