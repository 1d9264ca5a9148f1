/// A group of equal instances behind a balancer, and what may happen to them. Times are in seconds.
public struct ServiceGroup: Equatable, Sendable {
  /// The instances and the requests.
  public var served: ServedDemand
  /// The time from the launch of an instance until it can answer.
  public var startUp = 60.0
  /// The time between health checks. An instance gets requests from its first good check on.
  public var checkInterval = 30.0
  /// The failed checks in a row after which an instance gets no more requests, and is replaced.
  public var unhealthyChecks = 2
  /// The time after its launch in which an instance is not replaced for failed checks.
  public var grace = 300.0
  /// The greatest time that an instance has to answer its last requests when the group shrinks.
  public var drainTime = 300.0
  /// The number of zones, over which instances are spread evenly.
  public var zones = 1
  /// The time at which the first zone fails for good; `nil` if none does.
  public var zoneFailure: Double?
  /// The mean time between the failures of an instance, which are a Poisson process; `nil` if none fails.
  public var meanTimeBetweenFailures: Double?
  /// The percentile of the objective; its time is that of `served`.
  public var percentile = 95.0

  /// Creates a group with the defaults of AWS: checks of an application load balancer, grace and draining.
  public init(_ served: ServedDemand) { self.served = served }
}

/// An instance of a simulated group.
struct Instance {
  let zone: Int
  /// The time of its launch.
  let launched: Double
  /// The time at which it can answer.
  let ready: Double
  /// The time at which it fails.
  var fails: Double
  var hasFailed = false
  /// Its number in the traffic; `nil` before it is in service.
  var number: Int?
  /// The time at which it came into service.
  var inServiceSince: Double?
  /// The failed checks in a row.
  var failedChecks = 0
  /// The latest time at which it ends; `nil` unless it drains.
  var drainEnd: Double?
  /// The core time that it used since the last decision.
  var busyTime = 0.0

  var isDraining: Bool { drainEnd != nil }
  /// Whether it counts as capacity, as far as the group knows.
  var isInService: Bool { number != nil && !isDraining }
}
