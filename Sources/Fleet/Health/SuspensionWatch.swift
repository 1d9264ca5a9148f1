/// Notices that an event loop was suspended, such as by `SIGSTOP`: it woke much later than it should.
///
/// Neither the checks that were in flight then nor the timers that ran out say anything about others: the loop was not there to
/// see them. It is a value, whose clock is an argument.
public struct SuspensionWatch: Equatable, Sendable {
  /// The delay in nanoseconds beyond which a loop counts as suspended.
  public let tolerance: UInt64
  /// The time at which the loop should call again; `nil` before its first call and if it waits without a limit.
  private var due: UInt64?

  /// Creates a watch.
  public init(tolerance: UInt64) { self.tolerance = tolerance }

  /// Creates a watch for a loop that carries out health checks. A delay of less than half their timeout leaves a target the time to
  /// answer; a fifth of a second is usual on a busy machine.
  public init(_ checks: HealthCheckSettings) {
    self.init(tolerance: max(200_000_000, checks.timeout / 2))
  }

  /// Notes that the loop runs, and when it should call again.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - due: The time of the next call at the latest; `nil` without a limit.
  /// - Returns: The nanoseconds by which the loop is late; 0 within the tolerance.
  public mutating func note(at now: UInt64, next due: UInt64?) -> UInt64 {
    let delay = self.due.map { now - min(now, $0) } ?? 0
    self.due = due
    return delay > tolerance ? delay : 0
  }
}
