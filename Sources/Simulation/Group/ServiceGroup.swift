/// A group of equal instances behind a balancer, and what may happen to them. Times are in seconds.
///
/// Health checks find an instance that has failed. With a `checkTimeout`, they also find one that is overloaded: a check is a small
/// request, and waits behind the others at its instance. If it waits longer than the timeout, it has failed, and after
/// `unhealthyChecks` failed ones in a row the instance is unhealthy: it gets no more requests. After its grace it drains and is
/// replaced, unless the group keeps overloaded instances; meanwhile, `healthyChecks` good ones in a row bring it back. An instance
/// that becomes overloaded is therefore replaced within `checkInterval` × `unhealthyChecks` + `checkTimeout`.
///
/// The wait is the mean of what the requests before the check take, whatever the discipline. A check takes no core time, and
/// never waits with a central queue, whose instances take a request only when a core is free.
public struct ServiceGroup: Equatable, Sendable {
  /// The most instances that may drain when another overloaded one is replaced.
  static let mostDraining = 1000

  /// The instances and the requests.
  public var served: ServedDemand
  /// The time from the launch of an instance until it can answer.
  public var startUp = 60.0
  /// The time between health checks. An instance gets requests from its first good check on.
  public var checkInterval = 30.0
  /// The failed checks in a row after which an instance gets no more requests, and is replaced.
  public var unhealthyChecks = 2
  /// The wait at which the check of an instance has failed, at most `checkInterval`; `nil` if checks do not wait.
  public var checkTimeout: Double?
  /// The number of times that a check waits behind the requests: 2 if an instance answers requests between accepting the connection
  /// of the check and reading it, as an event loop does.
  public var checkPasses = 1
  /// The good checks in a row after which an instance that was overloaded gets requests again.
  public var healthyChecks = 5
  /// Whether overloaded instances are replaced, as by an Auto Scaling group with the checks of its balancer, or kept, as by the
  /// readiness probes of Kubernetes.
  public var replacesOverloaded = true
  /// Whether all instances in service get requests if all are overloaded (ALB), or none does (HAProxy).
  public var failsOpen = true
  /// The time after its launch in which an instance is not replaced for failed checks.
  public var grace = 300.0
  /// Whether the grace of the instances at the start begins then, as in a new fleet; otherwise it is over.
  public var startsInGrace = false
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
  /// The time at which its grace is over.
  let graceEnd: Double
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
  /// The time at which the check that runs will have failed; `nil` if none does.
  var checkFails: Double?
  /// Whether checks found it overloaded.
  var isUnhealthy = false
  /// The good checks in a row since it is unhealthy.
  var goodChecks = 0
  /// The time at which it last became healthy or unhealthy; `nil` if it never did.
  var changed: Double?
  /// Whether it gets requests.
  var isTarget = true
  /// The latest time at which it ends; `nil` unless it drains.
  var drainEnd: Double?
  /// The core time that it used since the last decision.
  var busyTime = 0.0

  var isDraining: Bool { drainEnd != nil }
  /// Whether it serves requests, as far as the group knows.
  var isServing: Bool { number != nil && !isDraining }
  /// Whether it counts as capacity, as far as the group knows.
  var isInService: Bool { isServing && !isUnhealthy }
}
