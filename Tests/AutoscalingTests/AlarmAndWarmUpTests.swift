import Autoscaling
import Testing

@Suite("The policies of AWS over time")
struct AlarmAndWarmUpTests {
  /// A group that follows its policy, observed once a minute.
  private struct Group {
    let policy: Policy
    var memory = PolicyMemory()
    var size: Int
    var time = 0.0

    init(_ rule: Rule, size: Int) {
      policy = Policy(rule)
      self.size = size
    }

    /// Decides on a value of the metric and makes the group that large.
    mutating func observe(
      _ value: Double?, metric: String = Metric.utilization, warming: Int = 0, after seconds: Double = 60
    ) -> Decision {
      time += seconds
      let observation = Observation(
        time: time, current: size, warming: warming, metrics: value.map { [metric: $0] } ?? [:])
      let decision = policy.decide(on: observation, remembering: &memory)
      size = decision.desired
      return decision
    }
  }

  @Test(
    "target tracking scales out in the third minute over its target, and in after fifteen under 90 % of it")
  func targetTrackingAlarms() {
    var group = Group(.targetTracking(TargetTracking(target: 50)), size: 10)
    #expect((1...3).map { _ in group.observe(75).desired } == [10, 10, 15])
    #expect((1...15).map { _ in group.observe(30).desired } == Array(repeating: 15, count: 14) + [9])
  }

  @Test("a minute under the target starts the count of target tracking again, one without data does not")
  func interruptedAlarm() {
    var group = Group(.targetTracking(TargetTracking(target: 50)), size: 10)
    #expect([75, 75, 50, 75, 75].map { group.observe($0).desired } == [10, 10, 10, 10, 10])
    #expect(group.observe(nil).limitedBy == .missingMetrics)
    #expect(group.observe(75).desired == 15)
  }

  @Test(
    "between 90 % of the target and the target nothing is removed, and the rule is marked as undocumented")
  func scaleInThreshold() {
    var group = Group(.targetTracking(TargetTracking(target: 50)), size: 100)
    let decisions = (1...20).map { _ in group.observe(46) }
    #expect(
      decisions.allSatisfy { $0.desired == 100 && $0.wanted == 92 && $0.limitedBy == .scaleInThreshold })
    #expect(decisions.allSatisfy { $0.reason.contains("not documented by AWS") })
  }

  @Test("warming instances are left out of the base, and nothing is removed until they are warm")
  func targetTrackingWarmUp() {
    var group = Group(
      .targetTracking(TargetTracking(target: 50, scaleOut: Alarm(periods: 1), scaleIn: Alarm(periods: 1))),
      size: 10)
    #expect(group.observe(75).desired == 15)
    #expect(group.observe(75, warming: 5).desired == 15)
    #expect(group.observe(90, warming: 5).desired == 18)
    let held = group.observe(20, warming: 8)
    #expect(held.desired == 18)
    #expect(held.limitedBy == .warmUp)
    #expect(group.observe(20).desired == 8)
  }

  @Test("with scale-in disabled, target tracking only adds")
  func disabledScaleIn() {
    var group = Group(
      .targetTracking(TargetTracking(target: 50, scaleIn: Alarm(periods: 1), disableScaleIn: true)), size: 10)
    #expect(group.observe(5).limitedBy == .disabled)
    #expect(group.size == 10)
  }

  @Test("a step adds only what warming instances do not add already, as the user guide's example does")
  func stepWarmUp() {
    let steps = [
      Step(from: 60, to: 70, isAbove: true, .percent(10)), Step(from: 70, isAbove: true, .percent(30)),
    ]
    var group = Group(.step(StepScaling(steps: steps)), size: 10)
    #expect(group.observe(60).desired == 11)
    #expect(group.observe(62, warming: 1).desired == 11)
    #expect(group.observe(70, warming: 1).desired == 13)
  }

  @Test("a step waits for as many periods as its alarm has")
  func stepAlarm() {
    let rule = StepScaling(steps: [Step(from: 60, isAbove: true, .change(2))], alarm: Alarm(periods: 2))
    var group = Group(.step(rule), size: 4)
    #expect(group.observe(61).limitedBy == .alarm)
    #expect(group.observe(61).desired == 6)
  }

  @Test("an exact size, and a size that would be negative")
  func exactSize() {
    var exact = Group(.step(StepScaling(steps: [Step(from: 60, isAbove: true, .exact(7))])), size: 4)
    #expect(exact.observe(80).desired == 7)
    var few = Group(.step(StepScaling(steps: [Step(from: 20, isAbove: false, .change(-9))])), size: 4)
    #expect(few.observe(10).desired == 0)
  }

  @Test("simple scaling does nothing until its cooldown is over")
  func cooldown() {
    let steps = StepScaling(steps: [
      Step(from: 70, isAbove: true, .change(2)), Step(from: 30, isAbove: false, .change(-1)),
    ])
    var group = Group(.simple(SimpleScaling(steps: steps)), size: 4)
    #expect(group.observe(80).desired == 6)
    let held = group.observe(80)
    #expect(held.limitedBy == .cooldown)
    #expect(held.wanted == 8)
    #expect([20.0, 20, 20].map { group.observe($0).desired } == [6, 6, 6])
    #expect(group.observe(20).desired == 5)
  }

  @Test("a schedule acts once per occurrence, each day, and its bounds last")
  func schedule() {
    let actions = [
      ScheduledScaling.Action(at: 3600, min: 6, desired: 8),
      ScheduledScaling.Action(at: 7200, min: 1, desired: 2),
    ]
    var group = Group(.scheduled(ScheduledScaling(actions: actions, every: 86_400)), size: 2)
    #expect(group.observe(nil).desired == 2)
    #expect(group.observe(nil, after: 3540).desired == 8)
    group.size = 4
    let bound = group.observe(nil)
    #expect(bound.desired == 6)
    #expect(bound.limitedBy == .min)
    #expect(group.observe(nil, after: 3600).desired == 2)
    #expect(group.observe(nil, after: 86_400 - 3600).desired == 8)
  }

  @Test("several policies scale out if any says so, by the most, and in only if all do, by the least")
  func combined() throws {
    let rule = """
      {"kind":"combined","policies":[{"kind":"target-tracking","target":50},
       {"kind":"target-tracking","metric":"requests","target":100}]}
      """
    func size(_ utilization: Int, _ requests: Int) throws -> Decision {
      let metrics = "{\"utilization\":\(utilization),\"requests\":\(requests)}"
      return try decision("{\"policy\":\(rule),\"current\":10,\"metrics\":\(metrics)}")
    }
    #expect(try size(60, 50).desired == 12)
    #expect(try size(60, 150).desired == 15)
    #expect(try size(20, 95).desired == 10)
    #expect(try size(20, 95).limitedBy == .otherPolicy)
    #expect(try size(20, 60).desired == 6)
    #expect(try size(48, 95).desired == 10)
  }

  @Test("a policy that never scales in has no say when others do")
  func combinedWithoutVeto() throws {
    let state = """
      {"policy":{"kind":"combined","policies":[{"kind":"target-tracking","target":50},
       {"kind":"target-tracking","metric":"requests","target":100,"disableScaleIn":true},
       {"kind":"step","steps":[{"from":80,"change":1}]}]},
       "current":10,"metrics":{"utilization":20,"requests":99}}
      """
    #expect(try decision(state).desired == 4)
  }

  @Test("a scheduled action sets the bounds of the other policies of its group")
  func combinedSchedule() {
    let rules: [Rule] = [
      .scheduled(ScheduledScaling(actions: [.init(at: 120, min: 5, desired: 6)])),
      .targetTracking(TargetTracking(target: 50, scaleIn: Alarm(periods: 1))),
    ]
    var group = Group(.combined(CombinedPolicies(rules)), size: 10)
    #expect(group.observe(50).desired == 10)
    #expect(group.observe(50).desired == 6)
    let bound = group.observe(5)
    #expect(bound.desired == 5)
    #expect(bound.limitedBy == .min)
  }

  @Test("a cooldown counts from the last activity of the group, not from what one of its policies wanted")
  func combinedCooldown() {
    let simple = SimpleScaling(steps: StepScaling(steps: [Step(from: 30, isAbove: false, .change(-1))]))
    let tracking = TargetTracking(target: 50, metric: Metric.requests, scaleIn: Alarm(periods: 1))
    let policy = Policy(.combined(CombinedPolicies([.simple(simple), .targetTracking(tracking)])))
    var memory = PolicyMemory.breaching
    let blocked = Observation(time: 0, current: 5, metrics: [Metric.utilization: 10, Metric.requests: 50])
    #expect(policy.decide(on: blocked, remembering: &memory).desired == 5)
    let free = Observation(time: 60, current: 5, metrics: [Metric.utilization: 10, Metric.requests: 10])
    #expect(policy.decide(on: free, remembering: &memory).desired == 4)
    #expect(memory.parts.allSatisfy { $0.lastActivity == 60 })
  }

  @Test("an empty group with a backlog starts instances")
  func emptyBacklog() throws {
    let policy = "{\"kind\":\"backlog\",\"secondsPerJob\":1,\"allowedSeconds\":10}"
    #expect(try decision("{\"policy\":\(policy),\"current\":0,\"queue\":25}").desired == 3)
    #expect(try decision("{\"policy\":\(policy),\"current\":0,\"queue\":0}").desired == 0)
  }
}
