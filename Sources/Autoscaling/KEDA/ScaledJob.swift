/// A KEDA ScaledJob: starts a job per message, or per `threshold` messages. Its decisions are jobs to start, not sizes.
///
/// With scale = min(max, ceil(queue / threshold)), the strategies start
/// - `default`: scale − running
/// - `custom`: min(scale − deduction − ⌊running × share⌋, max)
/// - `accurate`: scale − pending, or max − running if scale + running − pending is over max
/// - `eager`: min(max − running − pending, scale)
///
/// and never fewer than 0. Sources: kedacore/keda-docs, `scaledjob-spec`; for `accurate`, kedacore/keda
/// `scale_jobs.go`, which counts pending jobs once where the documentation counts them twice.
public struct ScaledJob: ScalingRule, Equatable, Sendable {
  /// The ways to count jobs that run or are pending.
  public enum Strategy: String, Codable, CaseIterable, Sendable {
    /// Running jobs hold their messages in the queue.
    case `default`
    /// As the two parameters say.
    case custom
    /// Messages that are being worked on do not count in the queue.
    case accurate
    /// All free places are used.
    case eager
  }

  /// The strategy.
  public var strategy: Strategy
  /// The messages per job.
  public var threshold: Double
  /// The messages that the custom strategy deducts.
  public var queueLengthDeduction: Int
  /// The share of running jobs that the custom strategy deducts.
  public var runningJobShare: Double
  /// The time between two looks at the queue in seconds.
  public var pollingInterval: Double

  /// Creates the rule with the defaults of KEDA.
  public init(
    _ strategy: Strategy = .default, threshold: Double = 1, queueLengthDeduction: Int = 0,
    runningJobShare: Double = 0,
    pollingInterval: Double = 30
  ) {
    self.strategy = strategy
    self.threshold = threshold
    self.queueLengthDeduction = queueLengthDeduction
    self.runningJobShare = runningJobShare
    self.pollingInterval = pollingInterval
  }

  var kind: String { "keda-job" }
  var defaultBounds: Bounds { Bounds(max: 100) }
  var interval: Double { pollingInterval }

  func decide(
    on observation: Observation, within bounds: Bounds, remembering memory: inout PolicyMemory
  ) -> Decision {
    guard let queue = observation.queue else {
      return Decision(
        desired: 0, wanted: 0, reason: "\(Observation.unknownQueue): no action",
        limitedBy: .missingMetrics)
    }
    let needed = count(snapped(queue / threshold).rounded(.up))
    let running = min(observation.running, Bounds.most)
    if running < bounds.min {
      return Decision(
        desired: bounds.min - running, wanted: needed,
        reason: "\(running) jobs run, fewer than \(bounds.min)",
        limitedBy: .min)
    }
    let above = running - bounds.min
    let wanted = max(0, starts(needed, above, observation.pending, max: Bounds.most))
    let desired = max(0, starts(min(needed, bounds.max), above, observation.pending, max: bounds.max))
    return Decision(
      desired: desired, wanted: wanted,
      reason: "\(strategy.rawValue) strategy: scale \(min(needed, bounds.max)), \(above) running, "
        + "\(observation.pending) pending: start \(desired)",
      limitedBy: desired < wanted ? .max : nil)
  }

  /// Returns the number of jobs to start, which may be negative.
  private func starts(_ scale: Int, _ running: Int, _ pending: Int, max most: Int) -> Int {
    switch strategy {
    case .default: scale - running
    case .custom:
      min(
        scale - queueLengthDeduction - count(snapped(Double(running) * runningJobShare).rounded(.down)), most)
    case .accurate: scale + running - pending > most ? most - running : scale - pending
    case .eager: min(most - running - pending, scale)
    }
  }
}
