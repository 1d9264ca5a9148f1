import Records

/// The health of a target as its checks show it: a value, whose clock is an argument.
///
/// A new target is `starting` until its first good check, whatever `rise` is; a failed check leaves it there. Then `fall` failed
/// checks in a row make it `unhealthy`, and `rise` good ones in a row `healthy` again. A target that drains is no longer checked.
///
/// A target that stops answering is therefore unhealthy after at most `fall` intervals, the interval that had begun, and the
/// timeout of the last check.
public struct TargetHealth: Equatable, Sendable {
  /// The settings of the checks.
  public let settings: HealthCheckSettings
  /// The state.
  public private(set) var state = FrontStatus.State.starting
  /// The time at which it came into this state.
  public private(set) var since: UInt64
  /// The reason of the last failed check; `nil` if none failed since the last good one.
  public private(set) var problem: String?
  /// The time at which the check that runs began; `nil` if none runs.
  public private(set) var checkBegan: UInt64?

  private var nextCheck: UInt64
  /// The checks in a row that contradict the state.
  private var contradictions = 0

  /// Creates the health of a new target, whose first check is due at once.
  public init(_ settings: HealthCheckSettings, at now: UInt64) {
    self.settings = settings
    (since, nextCheck) = (now, now)
  }

  /// Whether the target takes part in checks: not if it drains or has drained.
  public var isChecked: Bool { state != .draining && state != .drained }

  /// The time at which something is to be done: a check begins, or the one that runs has failed; `nil` if it is not checked.
  public var nextEvent: UInt64? {
    guard isChecked else { return nil }
    return checkBegan.map { $0 + settings.timeout } ?? nextCheck
  }

  /// Returns whether a check is due.
  public func isDue(at now: UInt64) -> Bool { isChecked && checkBegan == nil && nextCheck <= now }

  /// Returns whether the check that runs has taken too long.
  public func isLate(at now: UInt64) -> Bool {
    checkBegan.map { isChecked && $0 + settings.timeout <= now } ?? false
  }

  /// Begins a check.
  public mutating func begin(at now: UInt64) {
    checkBegan = now
    nextCheck = now + settings.interval
  }

  /// Ends the check that runs.
  ///
  /// - Parameter problem: The reason that it failed; `nil` if it is good.
  /// - Returns: Whether the state changed.
  @discardableResult
  public mutating func end(_ problem: String?, at now: UInt64) -> Bool {
    checkBegan = nil
    guard isChecked else { return false }
    self.problem = problem
    switch (state, problem == nil) {
    case (.starting, true): return change(to: .healthy, at: now)
    case (.healthy, false):
      contradictions += 1
      return contradictions >= settings.fall && change(to: .unhealthy, at: now)
    case (.unhealthy, true):
      contradictions += 1
      return contradictions >= settings.rise && change(to: .healthy, at: now)
    default:
      contradictions = 0
      return false
    }
  }

  /// Gives up the check that runs without a result, because this machine could not carry it out.
  public mutating func abandonCheck() {
    checkBegan = nil
  }

  /// Gives up the check that runs without a result and lets the next one begin now, because the loop was suspended meanwhile.
  public mutating func resume(at now: UInt64) {
    (checkBegan, nextCheck) = (nil, now)
  }

  /// Begins to drain a target. Does nothing if it drains already.
  public mutating func drain(at now: UInt64) {
    checkBegan = nil
    if isChecked { change(to: .draining, at: now) }
  }

  /// Notes that a draining target has nothing in hand any more.
  ///
  /// - Returns: Whether the state changed.
  @discardableResult
  public mutating func finishDraining(at now: UInt64) -> Bool {
    state == .draining && change(to: .drained, at: now)
  }

  @discardableResult
  private mutating func change(to state: FrontStatus.State, at now: UInt64) -> Bool {
    (self.state, since, contradictions) = (state, now, 0)
    return true
  }
}
