import Autoscaling
import Records

extension FleetRecord {
  /// Returns the decisions of a policy on the recorded samples, in order. They are the recorded ones if the policy is that of the
  /// fleet.
  public func replayedDecisions(of policy: Policy) -> [FleetRecord.Decision] {
    var memory = PolicyMemory(startingWith: settings.desired, at: 0)
    return decisions.map { decision in
      FleetRecord.Decision(
        policy.decide(on: decision.sample.observation, remembering: &memory), on: decision.sample)
    }
  }
}

extension FleetRecord.Decision {
  /// Creates the record of a policy's decision on a sample.
  init(_ decision: Autoscaling.Decision, on sample: GroupSample) {
    self.init(
      sample: sample, desired: decision.desired, wanted: decision.wanted,
      limitedBy: decision.limitedBy?.rawValue, reason: decision.reason)
  }
}
