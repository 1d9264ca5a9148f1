import Arguments
import Autoscaling
import Records

/// The options of a fleet's group and its policy.
struct FleetGroupArguments {
  private static let standardMax = 10

  private let name: String
  private let min, desired, max: Int?
  /// The policy's seconds per wall second.
  let timeScale: Double

  init(_ line: inout ArgumentLine) {
    line.group("Group")
    name =
      line.value(
        of: Option(
          "policy", "POLICY", .text("a preset or a JSON file", example: "hpa"),
          help: "scaling policy: a preset, or a JSON file (default: target-tracking)")) ?? "target-tracking"
    func size(_ name: String, _ help: String, _ standard: String) -> Option<Int> {
      Option(
        name, "COUNT", .count(in: 0...FleetRecord.mostInstances, example: "4"),
        help: "\(help) (default: \(standard))")
    }
    min = line.value(of: size("min", "minimum number of instances", "1, or the file's"))
    desired = line.value(of: size("desired", "number of instances at the start", "the policy's, or --min"))
    max = line.value(of: size("max", "maximum number of instances", "\(Self.standardMax), or the file's"))
    timeScale =
      line.value(
        of: Option(
          "time-scale", "FACTOR", .decimal(in: 0.1...3600, example: "60"),
          help: "seconds of the policy per second: 60 makes its minutes seconds (default: 60)")) ?? 60
  }

  /// Returns the policy with the bounds and the desired size of the group.
  ///
  /// - Throws: `CommandFailure` if there is no such policy, or the sizes contradict each other; `UsageError` for a policy that a
  ///   fleet cannot follow.
  func policy(hasQueue: Bool) throws -> Policy {
    let isPreset = Policy.preset(named: name) != nil
    let base = try PolicyArguments.policy(name, for: "scaleup fleet")
    let least = min ?? (isPreset ? Swift.min(1, max ?? 1) : base.bounds.min)
    let own = isPreset || base.bounds.max > FleetRecord.mostInstances ? Self.standardMax : base.bounds.max
    let most = max ?? Swift.max(own, least)
    if Swift.max(least, most) > FleetRecord.mostInstances {
      throw UsageError.other(
        "policy \(base.name) has at least \(least) instances (expected at most \(FleetRecord.mostInstances); add --min)"
      )
    }
    var policy = try PolicyArguments.sized(base, min: least, desired: desired, max: most)
    policy.initial = policy.initial ?? least
    if policy.rule.greatestScheduledSize > FleetRecord.mostInstances {
      throw UsageError.other(
        "policy \(policy.name) schedules \(policy.rule.greatestScheduledSize) instances "
          + "(expected at most \(FleetRecord.mostInstances); change its scheduled actions)")
    }
    try Self.check(policy, hasQueue: hasQueue)
    return policy
  }

  private static func check(_ policy: Policy, hasQueue: Bool) throws(UsageError) {
    switch policy.rule {
    case .kedaJob:
      throw .other(
        "policy \(policy.name) starts an instance per job (expected a policy that sizes a group)")
    case .keda, .backlog:
      if !hasQueue {
        throw .other("policy \(policy.name) scales by the length of a queue (add --queue embedded)")
      }
    default: break
    }
    let known = [Metric.utilization, Metric.requests]
    if let other = policy.rule.metrics.first(where: { !known.contains($0) }) {
      throw .other(
        "policy \(policy.name) reads the metric '\(other)' (expected \(known.joined(separator: " or ")))")
    }
  }
}
