/// The settings of a fleet's group. Times are nanoseconds of wall time.
public struct GroupSettings: Equatable, Sendable {
  /// The launches in a row that never came into service after which no more instances are launched.
  public static let mostFailedLaunches = 3

  /// The greatest number of instances.
  public var max: Int
  /// The time after its launch in which an instance is not replaced for failed checks.
  public var grace: UInt64
  /// The time after its launch in which checks may fail before an instance that was never in service counts as unhealthy.
  public var checks: UInt64
  /// The longest drain: the time that an instance has for its work in hand before it ends.
  public var drain: UInt64
  /// The time from the request to end an instance until its process is killed.
  public var ending: UInt64
  /// The instances beyond the desired ones during a rolling replacement.
  public var surge: Int
  /// The instances that may be missing from service during a rolling replacement.
  public var unavailable: Int

  /// Creates settings. Without `surge`, one instance is unavailable at a time.
  public init(
    max: Int, grace: UInt64, checks: UInt64 = 0, drain: UInt64, ending: UInt64 = 1_000_000_000,
    surge: Int = 1, unavailable: Int = 0
  ) {
    (self.max, self.grace, self.checks, self.drain, self.ending) = (max, grace, checks, drain, ending)
    self.surge = Swift.max(0, surge)
    self.unavailable = Swift.max(unavailable, surge > 0 ? 0 : 1)
  }
}
