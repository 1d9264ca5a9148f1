import CPlatform

/// A clock of the system, read in nanoseconds.
public enum Clock: Sendable {
  /// Time since some fixed moment. One clock for all processes of the machine; it never steps.
  case monotonic
  /// CPU time, user and system, that the calling thread has used.
  case threadCPU

  /// The reading, in nanoseconds.
  public func now() -> UInt64 {
    var time = timespec()
    let identifier =
      switch self {
      case .monotonic: CLOCK_MONOTONIC
      case .threadCPU: CLOCK_THREAD_CPUTIME_ID
      }
    clock_gettime(identifier, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Sleeps until the monotonic clock reads at least `moment`.
  ///
  /// - Parameter moment: In nanoseconds of `Clock.monotonic`.
  public static func sleep(until moment: UInt64) {
    while true {
      let now = Clock.monotonic.now()
      if now >= moment { return }
      let rest = moment - now
      var time = timespec(tv_sec: Int(rest / 1_000_000_000), tv_nsec: Int(rest % 1_000_000_000))
      nanosleep(&time, nil)
    }
  }
}
