/// AWS target tracking of the backlog per instance: jobs that wait, divided by instances.
///
/// The target is the backlog that one instance works off in the allowed time, `allowedSeconds / secondsPerJob`.
/// Source: the EC2 Auto Scaling user guide, "Scaling policy based on Amazon SQS".
public struct BacklogPerInstance: ScalingRule, Equatable, Sendable {
  /// The time that an instance takes for a job in seconds.
  public var secondsPerJob: Double
  /// The longest time in seconds that a job may wait.
  public var allowedSeconds: Double
  /// The target tracking policy that follows the backlog per instance.
  public var tracking: TargetTracking

  /// Creates the rule.
  public init(
    secondsPerJob: Double, allowedSeconds: Double, scaleOut: Alarm = Alarm(periods: 3),
    scaleIn: Alarm = Alarm(periods: 15), warmUp: Double = 300, disableScaleIn: Bool = false
  ) {
    self.secondsPerJob = secondsPerJob
    self.allowedSeconds = allowedSeconds
    tracking = TargetTracking(
      target: allowedSeconds / secondsPerJob, metric: "backlog per instance", scaleOut: scaleOut,
      scaleIn: scaleIn, warmUp: warmUp, disableScaleIn: disableScaleIn)
  }

  var kind: String { "backlog" }
  var interval: Double { tracking.interval }
  var warmUp: Double { tracking.warmUp }
  var scalesIn: Bool { tracking.scalesIn }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    guard let queue = observation.queue else {
      return observation.unchanged(within: bounds, lacking: Observation.unknownQueue)
    }
    // An empty group has no backlog per instance: one job is then reason enough to start.
    let value =
      observation.current == 0 && queue > 0 ? .infinity : queue / Double(max(1, observation.current))
    return tracking.decide(
      value, wanted: count(snapped(queue / tracking.target).rounded(.up)),
      arithmetic: "\(text(queue)) / \(text(tracking.target))", on: observation, within: bounds,
      remembering: &memory)
  }
}
