import Autoscaling
import Fleet
import Records
import Testing

@Suite struct PolicyLoopTests {
  private static let policies = ["none", "target-tracking", "step", "simple", "hpa", "keda", "backlog"]

  /// Runs a fleet under a policy with chance loads, and returns its record.
  private func run(_ policy: Policy, seed: UInt64) -> FleetRecord {
    let settings = GroupSettings(max: 10, grace: 4_000_000_000, drain: 5_000_000_000)
    var fleet = VirtualFleet(settings, desired: 2, seed: seed)
    fleet.chances = .init(death: 0.002, sickness: 0.002)
    var loop = PolicyLoop(policy, startingWith: 2, timeScale: 60, share: 0.1)
    var record = FleetRecord(
      host: "test", startedAt: "2026-11-28T00:00:00Z",
      settings: .init(
        model: "single", workers: 1, share: 0.1, usesControlGroup: false, policy: policy.name, policyFile: "",
        min: 1, desired: 2, max: 10, timeScale: 60, startUp: 0, grace: settings.grace, drain: settings.drain,
        checkInterval: 1, checkTimeout: 1, rise: 2, fall: 2, front: "built-in", balancing: "round-robin",
        objective: LatencyObjective(percentile: 95, time: 1), seed: seed))
    var reading = PolicyLoop.Reading(cpuTimes: [:], requests: 0, jobs: .init())
    var load = 0.5
    for step in 0..<2000 {
      fleet.pass()
      if step % 100 == 0 { load = Double(fleet.number(below: 12)) / 10 }
      for instance in fleet.group.instances {
        let used = UInt64(load * 0.1 * Double(VirtualFleet.step)) + fleet.number(below: 1_000_000)
        reading.cpuTimes[instance.name, default: 0] += used
      }
      reading.requests += fleet.number(below: 200)
      reading.jobs?.waiting = Int(fleet.number(below: 100))
      loop.watch(fleet.group, reading)
      guard fleet.now >= loop.due else { continue }
      if let decision = loop.decide(on: &fleet.group, reading, at: fleet.now) {
        record.decisions.append(decision)
      }
      fleet.group.step(at: fleet.now)
    }
    return record
  }

  @Test("the decisions of a fleet are those of its policy on the recorded samples", arguments: policies)
  func replay(name: String) throws {
    var policy = try #require(Policy.preset(named: name))
    policy.bounds = Bounds(min: 1, max: 10)
    for seed in UInt64(1)...5 {
      let record = run(policy, seed: seed)
      #expect(record.decisions.count > 50)
      #expect(record.replayedDecisions(of: policy) == record.decisions)
      // Another policy would have decided something else.
      let other = Policy(.targetTracking(TargetTracking(target: 20)), bounds: policy.bounds)
      #expect(record.replayedDecisions(of: other) != record.decisions)
    }
  }

  @Test("target tracking grows a busy group, and decides once in each of its periods")
  func decides() throws {
    let policy = try #require(Policy.preset(named: "target-tracking"))
    let record = run(policy, seed: 3)
    let times = record.decisions.map(\.sample.time)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 59 && $1 - $0 <= 61 })
    #expect(record.decisions.contains { $0.desired > $0.sample.current })
  }

  @Test("an instance that came into service within the period counts for its own time only")
  func baselines() {
    var group = FleetGroup(GroupSettings(max: 4, grace: 1, drain: 1), desired: 1)
    group.step(at: 0)
    group.isListening("i-1")
    var loop = PolicyLoop(
      Policy(.hpa(HorizontalPodAutoscaler([.cpu(50)])), bounds: Bounds(min: 1, max: 4)), startingWith: 1,
      timeScale: 15, share: 0.5)
    group.see([.init(name: "i-1", state: .healthy, since: 0)], at: 500_000_000)
    // The start-up work is no utilization.
    loop.watch(group, .init(cpuTimes: ["i-1": 400_000_000], requests: 0))
    let first = loop.decide(
      on: &group, .init(cpuTimes: ["i-1": 500_000_000], requests: 10), at: 1_000_000_000)
    #expect(first?.sample.utilization.map { $0.rounded() } == 20)
    #expect(first?.sample.instances.first?.usedCores == nil)
    let second = loop.decide(
      on: &group, .init(cpuTimes: ["i-1": 900_000_000], requests: 30), at: 2_000_000_000)
    #expect(second?.sample.utilization.map { $0.rounded() } == 80)
    #expect(second?.sample.requestsPerInstance == 20)
    #expect(second?.sample.instances.first?.usedCores == 0.4)
  }

  @Test("no decision is made while a replacement of all empties the group")
  func suspended() {
    var group = FleetGroup(GroupSettings(max: 4, grace: 1, drain: 1), desired: 1)
    group.step(at: 0)
    group.replaceAll(at: 1)
    var loop = PolicyLoop(
      Policy(.targetTracking(TargetTracking(target: 50))), startingWith: 1, timeScale: 60, share: 0.5)
    #expect(loop.decide(on: &group, .init(cpuTimes: [:], requests: 0), at: 1_000_000_000) == nil)
    #expect(loop.due == 2_000_000_000)
  }
}
