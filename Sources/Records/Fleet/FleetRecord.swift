/// A fleet that ran on this machine: `scaleup.fleet/1`. Times are nanoseconds of wall time since its start, unless they say
/// otherwise; the policy's seconds are wall seconds times the time scale.
public struct FleetRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.fleet

  /// The format's name and version.
  public var schema = SchemaTag<FleetRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The name of the machine, or the label that replaces it.
  public var host: String
  /// The time at which the fleet started, in UTC, in the format of RFC 3339.
  public var startedAt: String
  /// The settings.
  public var settings: Settings
  /// The wall time that the fleet ran, in nanoseconds.
  public var duration: UInt64 = 0
  /// The state of the group at each sample.
  public var points: [Point] = []
  /// The decisions with the samples behind them.
  public var decisions: [Decision] = []
  /// The events, in order.
  public var events: [Event] = []
  /// The instances that were launched, in order.
  public var instances: [Instance] = []
  /// The front at the end, without the latencies; `nil` if it never answered.
  public var front: FrontStatus?
  /// The measurements of the built-in traffic; `nil` without it.
  public var load: LoadRecord?
  /// Whether the fleet was ended by a signal; `nil` means no.
  public var interrupted: Bool?
  /// The reason that the fleet gave up; `nil` if it did not.
  public var failure: String?

  /// Creates the record of a fleet that starts.
  public init(host: String, startedAt: String, settings: Settings) {
    (self.host, self.startedAt, self.settings) = (host, startedAt, settings)
  }
}

extension FleetRecord {
  /// The settings of a fleet.
  public struct Settings: Codable, Equatable, Sendable {
    /// The concurrency model of the instances.
    public var model: String
    /// The workers of an instance.
    public var workers: Int
    /// The cores that an instance may use.
    public var share: Double
    /// Whether a control group holds it to its share; otherwise it paces itself.
    public var usesControlGroup: Bool
    /// The name of the policy.
    public var policy: String
    /// The policy in the form of policy files: JSON.
    public var policyFile: String
    /// The least number of instances.
    public var min: Int
    /// The desired number of instances at the start.
    public var desired: Int
    /// The greatest number of instances.
    public var max: Int
    /// The policy's seconds per wall second.
    public var timeScale: Double
    /// The start-up work of an instance in wall nanoseconds.
    public var startUp: UInt64
    /// The wall nanoseconds after its launch in which an instance is not replaced for failed checks.
    public var grace: UInt64
    /// The longest drain in wall nanoseconds: the time that an instance has for its work in hand before it ends.
    public var drain: UInt64
    /// The wall nanoseconds between two health checks of an instance.
    public var checkInterval: UInt64
    /// The wall nanoseconds after which a check without an answer has failed.
    public var checkTimeout: UInt64
    /// The good checks in a row after which an unhealthy instance is healthy.
    public var rise: Int
    /// The failed checks in a row after which a healthy instance is unhealthy.
    public var fall: Int
    /// The front: `built-in`, `HAProxy` and its version, `queue` or `redis`.
    public var front: String
    /// The rule by which the balancer chooses an instance: `round-robin` or `least-outstanding`.
    public var balancing: String
    /// The path of the built-in traffic; `nil` without it.
    public var path: String?
    /// The shape of the built-in traffic, or the name of its file; `nil` without it.
    public var traffic: String?
    /// The requests per wall second in each interval of the built-in traffic; `nil` without it.
    public var rates: [Double]?
    /// The wall nanoseconds of such an interval; `nil` without it.
    public var rateInterval: UInt64?
    /// The objective that the view and the report show.
    public var objective: LatencyObjective
    /// The seed of the built-in traffic.
    public var seed: UInt64

    /// Creates settings.
    public init(
      model: String, workers: Int, share: Double, usesControlGroup: Bool, policy: String, policyFile: String,
      min: Int, desired: Int, max: Int, timeScale: Double, startUp: UInt64, grace: UInt64, drain: UInt64,
      checkInterval: UInt64, checkTimeout: UInt64, rise: Int, fall: Int, front: String, balancing: String,
      objective: LatencyObjective, seed: UInt64
    ) {
      (self.model, self.workers, self.share, self.usesControlGroup) = (
        model, workers, share, usesControlGroup
      )
      (self.policy, self.policyFile, self.min, self.desired, self.max) = (
        policy, policyFile, min, desired, max
      )
      (self.timeScale, self.startUp, self.grace, self.drain) = (timeScale, startUp, grace, drain)
      (self.checkInterval, self.checkTimeout, self.rise, self.fall) = (
        checkInterval, checkTimeout, rise, fall
      )
      (self.front, self.balancing, self.objective, self.seed) = (front, balancing, objective, seed)
    }
  }

  /// The state of the group over a sample's period.
  public struct Point: Codable, Equatable, Sendable {
    /// The end of the period.
    public var time: UInt64
    /// The requests per wall second.
    public var rate: Double
    /// The requests that no instance answered.
    public var failed: UInt64
    /// The latency at the percentile of the objective in nanoseconds; `nil` if nothing was answered or it is unknown.
    public var latency: UInt64?
    /// The desired instances at its end.
    public var desired: Int
    /// The instances in service at its end.
    public var inService: Int
    /// The instances that start at its end.
    public var starting: Int
    /// The instances that drain at its end.
    public var draining: Int
    /// The instances that fail their checks at its end, and are not replaced yet.
    public var unhealthy: Int
    /// The mean utilization of the instances in service, as a part of their shares; `nil` if there is none.
    public var utilization: Double?
    /// The jobs at its end; `nil` without a queue.
    public var jobs: FrontStatus.Jobs?

    /// Creates a point.
    public init(
      time: UInt64, rate: Double, failed: UInt64, latency: UInt64?, desired: Int, inService: Int,
      starting: Int,
      draining: Int, unhealthy: Int, utilization: Double?, jobs: FrontStatus.Jobs? = nil
    ) {
      (self.time, self.rate, self.failed, self.latency) = (time, rate, failed, latency)
      (self.desired, self.inService, self.starting) = (desired, inService, starting)
      (self.draining, self.unhealthy, self.utilization, self.jobs) = (draining, unhealthy, utilization, jobs)
    }
  }

  /// A decision: the sample's `current` became `desired`, because the rule wanted `wanted` and `limitedBy` bound it.
  public struct Decision: Codable, Equatable, Sendable {
    /// The sample that the policy saw.
    public var sample: GroupSample
    /// The desired instances after it.
    public var desired: Int
    /// The instances that the rule wanted.
    public var wanted: Int
    /// The constraint that bound it; `nil` if none did.
    public var limitedBy: String?
    /// The metric, the rule and the arithmetic.
    public var reason: String

    /// Creates a decision.
    public init(sample: GroupSample, desired: Int, wanted: Int, limitedBy: String?, reason: String) {
      (self.sample, self.desired, self.wanted) = (sample, desired, wanted)
      (self.limitedBy, self.reason) = (limitedBy, reason)
    }
  }

  /// An event of an instance or of the group.
  public struct Event: Codable, Equatable, Sendable {
    /// The kinds of events.
    public enum Kind: String, Codable, CaseIterable, Sendable {
      /// The group's desired size changed.
      case resized
      /// An instance was launched, is in service, failed its checks, passes them again, drains, or has ended.
      case launched, inService, unhealthy, recovered, draining, ended
      /// An instance died, or was killed, frozen, continued or slowed on purpose. Without an instance, the fleet was stopped and
      /// continued.
      case died, killed, frozen, continued, slowed
      /// An instance that failed is replaced by another.
      case replaced
      /// An instance of an older template is replaced by one of the new template.
      case updated
      /// The first instances are in service or failed to be: the clock and the traffic start.
      case began
      /// A replacement of all instances began or ended.
      case rolling, rolled
      /// The front takes no work, such as a queue that lost Redis, or takes it again.
      case blocked, unblocked
      /// The loop stopped replacing instances that never become healthy.
      case gaveUp
    }

    /// The time.
    public var time: UInt64
    /// The kind.
    public var kind: Kind
    /// The instance; `nil` if it is about the group.
    public var instance: String?
    /// The reason or the numbers, as one line.
    public var detail: String

    /// Creates an event.
    public init(time: UInt64, kind: Kind, instance: String? = nil, detail: String) {
      (self.time, self.kind, self.instance, self.detail) = (time, kind, instance, detail)
    }
  }

  /// An instance from its launch to its end.
  public struct Instance: Codable, Equatable, Sendable {
    /// Its name: `i-1`, `i-2` and so on.
    public var name: String
    /// The version of the launch template, from 1; each replacement of all instances makes the next.
    public var template: Int
    /// The time of its launch.
    public var launched: UInt64
    /// The time at which it first was in service; `nil` if it never was.
    public var inService: UInt64?
    /// The time from its launch until it first was in service; `nil` if it never was. It also counts the time before the fleet's
    /// clock began, in which the first instances start and their times are 0.
    public var startDelay: UInt64?
    /// The time at which it ended; `nil` if it ran to the end of the fleet.
    public var ended: UInt64?
    /// The reason of its end, such as `scaled in`; `nil` if it ran to the end of the fleet.
    public var reason: String?
    /// The requests or jobs that it answered.
    public var answered: UInt64
    /// The requests or jobs that it failed.
    public var failed: UInt64
    /// Its CPU time in nanoseconds; `nil` if unknown.
    public var cpuTime: UInt64?

    /// Creates an instance that was launched.
    public init(name: String, template: Int, launched: UInt64) {
      (self.name, self.template, self.launched) = (name, template, launched)
      (answered, failed) = (0, 0)
    }
  }
}
