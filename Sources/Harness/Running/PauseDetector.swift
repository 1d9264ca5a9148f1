import Platform

/// Finds out whether this process was paused: stopped and continued, frozen with its container, or suspended with its
/// virtual machine. What it measured meanwhile is void.
struct PauseDetector {
  /// The shortest pause, in nanoseconds, that is found by the clock alone.
  static let shortest: UInt64 = 1_000_000_000

  /// Whether a pause was found.
  private(set) var hasPaused = false

  private let now: () -> UInt64
  private let delay: () -> UInt64?
  private let delayBefore: UInt64?
  private var isContinued = false

  /// Makes a detector for pauses from now on.
  ///
  /// - Parameters:
  ///   - now: The clock, in nanoseconds.
  ///   - delay: The time for which this thread has waited for a CPU, in nanoseconds. It is no pause: on a busy machine a
  ///     thread may wait for seconds.
  init(
    now: @escaping () -> UInt64 = Clock.monotonic.now,
    delay: @escaping () -> UInt64? = { RunDelay.ofThisThread() }
  ) {
    (self.now, self.delay) = (now, delay)
    delayBefore = delay()
  }

  /// Notes that this process was told to continue.
  mutating func noteContinuation() {
    (isContinued, hasPaused) = (true, true)
  }

  /// Returns the length of the pause that has just ended, in nanoseconds; 0 if there was none.
  ///
  /// - Parameter wakeUp: The time until which this process intended to sleep.
  mutating func pause(since wakeUp: UInt64) -> UInt64 {
    let time = now()
    let overslept = time > wakeUp ? time - wakeUp : 0
    defer { isContinued = false }
    if !isContinued {
      guard overslept >= Self.shortest, let delayBefore, let delay = delay() else { return 0 }
      guard overslept - min(overslept, delay - min(delay, delayBefore)) >= Self.shortest else { return 0 }
      hasPaused = true
    }
    return overslept
  }
}
