import Autoscaling

/// The depth of a simulation.
public enum SimulationDepth: String, CaseIterable, Sendable {
  /// Every request.
  case requests
  /// Rates, and responses by formula.
  case fluid
}

/// The outcome of a simulation.
public struct SimulationResult: Equatable, Sendable {
  /// The state of the group over a minute.
  public struct Point: Equatable, Sendable {
    /// The end of the minute in seconds.
    public var time: Double
    /// The requests per second that came.
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
    /// The response at the percentile of the objective in seconds; `nil` if nothing was answered.
    public var response: Double?
    /// The requests that wait for a core at its end.
    public var queue: Double
    /// Whether the objective was missed.
    public var isOutside: Bool
  }

  /// A decision of the policy.
  public struct TracedDecision: Equatable, Sendable {
    /// The time in seconds.
    public var time: Double
    /// The utilization that the policy saw; `nil` if there was none.
    public var utilization: Double?
    /// The queue that it saw.
    public var queue: Double
    /// The desired instances before.
    public var current: Int
    /// The decision.
    public var decision: Decision
  }

  /// The minutes; of more than `mostPoints`, every second, third and so on.
  public var timeline: [Point] = []
  /// The decisions that changed something, or that differ from the one before; at most `mostDecisions`.
  public var trace: [TracedDecision] = []
  /// The decisions that are not in the trace, because it was full.
  public var untraced = 0
  /// The number of minutes.
  public var minutes = 0
  /// The minutes outside the objective: more requests were late or lost than its percentile allows.
  public var minutesOutside = 0
  /// The requests that came.
  public var requests = 0.0
  /// The requests that were answered late.
  public var late = 0.0
  /// The requests that were lost.
  public var lost = 0.0
  /// The requests that had no answer at the end.
  public var unanswered = 0.0
  /// The hours of all instances from launch to end, together.
  public var instanceHours = 0.0
  /// The number of decisions that changed the desired instances.
  public var actions = 0
  /// The instances that failed.
  public var failures = 0
  /// The instances that were replaced because they were not ready when their grace had passed.
  public var endedBeforeReady = 0
  /// The response at the percentile of the objective over all requests, in seconds; `nil` if nothing was answered.
  public var response: Double?
  /// The greatest number of instances in service.
  public var mostInService = 0

  /// The most points of a timeline: a week of minutes.
  public static let mostPoints = 10_080
  /// The most decisions of a trace.
  public static let mostDecisions = 10_000
}
