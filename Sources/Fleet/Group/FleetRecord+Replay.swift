import Autoscaling
import Records

extension FleetRecord {
  /// Returns a policy's decisions on the recorded samples, in order. Those of the fleet's own policy equal the recorded ones.
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
