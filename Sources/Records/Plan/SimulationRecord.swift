/// The simulation of a group of instances under one or several policies.
public struct SimulationRecord: Codable, Equatable, Sendable {
  /// The state of the group over a minute.
  public struct Point: Codable, Equatable, Sendable {
    /// The end of the minute in seconds since the start.
    public var time: Double
    /// The requests per second.
    public var rate: Double
    /// The desired instances at its end.
    public var desired: Int
    /// The instances in service at its end.
    public var inService: Int
    /// The instances that start at its end.
    public var starting: Int
    /// The instances that drain at its end.
    public var draining: Int
    /// The busy part of the cores in service; `nil` if there were none.
    public var utilization: Double?
    /// The response at the percentile of the objective, in nanoseconds; `nil` if nothing was answered.
    public var response: UInt64?
    /// The requests that wait for a core at its end.
    public var queue: Double
    /// Whether the objective was missed.
    public var outside: Bool

    /// Creates a point.
    public init(
      time: Double, rate: Double, desired: Int, inService: Int, starting: Int, draining: Int,
      utilization: Double?,
      response: UInt64?, queue: Double, outside: Bool
    ) {
      (self.time, self.rate, self.desired, self.inService) = (time, rate, desired, inService)
      (self.starting, self.draining, self.utilization) = (starting, draining, utilization)
      (self.response, self.queue, self.outside) = (response, queue, outside)
    }
  }

  /// A decision: `current` became `desired`, because the rule wanted `wanted` and `limitedBy` bound it.
  public struct Decision: Codable, Equatable, Sendable {
    /// The time in seconds since the start.
    public var time: Double
    /// The utilization that the policy saw; `nil` if there was none.
    public var utilization: Double?
    /// The queue that it saw.
    public var queue: Double
    /// The desired instances before.
    public var current: Int
    /// The instances that the rule wanted.
    public var wanted: Int
    /// The constraint that bound it; `nil` if none did.
    public var limitedBy: String?
    /// The desired instances after.
    public var desired: Int
    /// The metric, the rule and the arithmetic.
    public var reason: String

    /// Creates a decision.
    public init(
      time: Double, utilization: Double?, queue: Double, current: Int, wanted: Int, limitedBy: String?,
      desired: Int,
      reason: String
    ) {
      (self.time, self.utilization, self.queue, self.current) = (time, utilization, queue, current)
      (self.wanted, self.limitedBy, self.desired, self.reason) = (wanted, limitedBy, desired, reason)
    }
  }

  /// The outcome of a policy.
  public struct Policy: Codable, Equatable, Sendable {
    /// The name of the policy.
    public var name: String
    /// The minutes that were simulated.
    public var minutes = 0
    /// The minutes outside the objective: more requests were late or lost than its percentile allows.
    public var minutesOutside = 0
    /// The requests that came.
    public var requests = 0.0
    /// The requests that were answered late.
    public var late = 0.0
    /// The requests that were lost.
    public var lost = 0.0
    /// The requests without an answer at the end.
    public var unanswered = 0.0
    /// The response at the percentile of the objective in nanoseconds; `nil` if nothing was answered.
    public var response: UInt64?
    /// The hours of all instances from launch to end, together.
    public var instanceHours = 0.0
    /// Their cost; `nil` without a price.
    public var cost: Double?
    /// The decisions that changed the desired instances.
    public var actions = 0
    /// The instances that failed.
    public var failures = 0
    /// The instances that were ended before they were ready, because their grace was too short.
    public var endedBeforeReady = 0
    /// The instances that were replaced because their checks waited too long; `nil` if checks do not wait.
    public var overloaded: Int?
    /// The greatest number of instances in service.
    public var mostInService = 0
    /// The minutes; of very many, every second, third and so on.
    public var timeline: [Point] = []
    /// The decisions that changed something or differ from the one before.
    public var trace: [Decision] = []
    /// The decisions that the trace has no room for.
    public var untraced = 0

    /// Creates an empty outcome.
    public init(name: String) { self.name = name }
  }

  /// The depth: `requests` or `fluid`.
  public var depth: String
  /// The seed of arrivals, demands and failures.
  public var seed: UInt64
  /// The length of the traffic in seconds.
  public var duration: Double
  /// The cores of an instance.
  public var cores: Int
  /// The mean CPU time per request in nanoseconds.
  public var demand: Double
  /// The assumptions, a phrase each.
  public var assumptions: [String]
  /// The objective.
  public var objective: LatencyObjective
  /// The policies, in the order in which they were given.
  public var policies: [Policy] = []

  /// Creates a record without policies.
  public init(
    depth: String, seed: UInt64, duration: Double, cores: Int, demand: Double, assumptions: [String],
    objective: LatencyObjective
  ) {
    (self.depth, self.seed, self.duration, self.cores) = (depth, seed, duration, cores)
    (self.demand, self.assumptions, self.objective) = (demand, assumptions, objective)
  }
}
