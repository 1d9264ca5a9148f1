import CPlatform

/// A system clock, read in nanoseconds.
public enum Clock: Sendable {
  /// Time since an arbitrary fixed moment. All processes of the machine share this clock, and it never jumps.
  case monotonic
  /// User and system CPU time of the calling thread.
  case threadCPU
  /// User and system CPU time of this process, without its children.
  case processCPU

  /// Returns the reading in nanoseconds.
  public func now() -> UInt64 {
    switch self {
    case .monotonic: scaleup_monotonic_time()
    case .threadCPU: scaleup_thread_cpu_time()
    case .processCPU: scaleup_process_cpu_time()
    }
  }

  /// Sleeps until the monotonic clock reads at least `moment`.
  ///
  /// - Parameter moment: A reading of `Clock.monotonic`, in nanoseconds.
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
