import Autoscaling
import TestSupport
import Testing

@Suite("Properties of every policy")
struct PropertyTests {
  /// The presets, and policies that combine rules and limits.
  private static let policies: [Policy] =
    Policy.presets + [
      Policy(
        .combined(
          CombinedPolicies([
            .targetTracking(TargetTracking(target: 50)),
            .targetTracking(TargetTracking(target: 80, metric: Metric.requests)),
            .step(StepScaling(steps: [Step(from: 80, isAbove: true, .percent(25))])),
          ]))),
      Policy(
        .hpa(
          HorizontalPodAutoscaler(
            [.cpu(60), MetricSpec(.external, "load", .average(7))],
            behavior: ScalingBehavior(
              scaleUp: .init(
                stabilizationWindow: 60, select: .min,
                policies: [.init(.pods, 3, per: 60), .init(.percent, 50, per: 30)]),
              scaleDown: .init(stabilizationWindow: 120, policies: [.init(.percent, 10, per: 60)]))))),
      Policy(.keda(ScaledObject(threshold: 3, activation: 5, metricType: .value))),
    ]

  /// Returns a random state of a group.
  private static func observation(
    at time: Double, current: Int, _ random: inout SplitMix64
  ) -> Observation {
    let pods = (0..<min(current, 30)).map { _ in
      Pod(
        usage: Int.random(in: 0..<8, using: &random) == 0
          ? [:] : [cpuResource: Double.random(in: 0...1500, using: &random)],
        requests: [cpuResource: 1000], isReady: Int.random(in: 0..<6, using: &random) > 0,
        phase: Int.random(in: 0..<9, using: &random) == 0 ? .pending : .running)
    }
    var metrics = [
      Metric.utilization: Double.random(in: 0...120, using: &random),
      Metric.requests: Double.random(in: 0...200, using: &random),
      "load": Double.random(in: 0...500, using: &random),
    ]
    if Int.random(in: 0..<10, using: &random) == 0 { metrics[Metric.utilization] = nil }
    return Observation(
      time: time, current: current, warming: Int.random(in: 0...max(0, current / 4), using: &random),
      metrics: metrics,
      pods: pods, queue: Double(Int.random(in: 0...400, using: &random)), running: current,
      pending: Int.random(in: 0...max(0, current / 3), using: &random))
  }

  @Test("decisions stay within the bounds, and equal states give equal decisions in a replay")
  func boundsAndReplay() {
    var random = SplitMix64(seed: 20)
    for var policy in Self.policies {
      for _ in 0..<4 {
        let least = Int.random(in: 1...5, using: &random)
        policy.bounds = Bounds(min: least, max: least + Int.random(in: 0...60, using: &random))
        var (memory, current, time) = (PolicyMemory(startingWith: least, at: 0), least, 0.0)
        var recorded: [(Observation, Decision)] = []
        for _ in 0..<40 {
          time += policy.interval
          let observation = Self.observation(at: time, current: current, &random)
          let decision = policy.decide(on: observation, remembering: &memory)
          let bounds = memory.bounds ?? policy.bounds
          let isSound =
            bounds.min...bounds.max ~= decision.desired && !decision.reason.isEmpty
            && !decision.reason.contains("\n")
          if !isSound { Issue.record("\(policy.name): \(decision)") }
          recorded.append((observation, decision))
          current = decision.desired
        }
        var replayed = PolicyMemory(startingWith: least, at: 0)
        #expect(recorded.allSatisfy { policy.decide(on: $0.0, remembering: &replayed) == $0.1 })
        #expect(replayed == memory)
      }
    }
  }

  @Test("a constraint is named if, and only if, the decision is not what is wanted")
  func constraints() {
    var random = SplitMix64(seed: 21)
    for policy in Self.policies {
      for _ in 0..<100 {
        var memory = PolicyMemory.breaching
        let current = Int.random(in: 0...40, using: &random)
        let observation = Self.observation(at: 0, current: current, &random)
        let decision = policy.decide(on: observation, remembering: &memory)
        // Without metrics, or while it is disabled, a policy wants nothing.
        if decision.limitedBy == .missingMetrics || decision.limitedBy == .disabled { continue }
        #expect(
          (decision.desired == decision.wanted) == (decision.limitedBy == nil), "\(policy.name): \(decision)")
      }
    }
  }

  @Test("at its target no policy moves, however often it decides")
  func idempotence() {
    let rules: [(Rule, Observation)] = [
      (
        .targetTracking(TargetTracking(target: 50)),
        Observation(time: 0, current: 7, metrics: [Metric.utilization: 50])
      ),
      (
        .hpa(HorizontalPodAutoscaler([.cpu(50)])),
        Observation(
          time: 0, current: 7,
          pods: Array(repeating: Pod(usage: [cpuResource: 500], requests: [cpuResource: 1000]), count: 7))
      ), (.keda(ScaledObject(threshold: 10)), Observation(time: 0, current: 7, queue: 70)),
      (
        .backlog(BacklogPerInstance(secondsPerJob: 1, allowedSeconds: 10)),
        Observation(time: 0, current: 7, queue: 70)
      ),
      (.none(FixedSize()), Observation(time: 0, current: 7)),
    ]
    for (rule, start) in rules {
      var (memory, observation) = (PolicyMemory.breaching, start)
      for _ in 0..<50 {
        observation.time += rule.interval
        let decision = Policy(rule).decide(on: observation, remembering: &memory)
        #expect(decision.desired == 7)
        #expect(decision.limitedBy == nil)
      }
    }
  }

  @Test("a higher metric never asks for fewer instances")
  func monotone() {
    let step = StepScaling(steps: [
      Step(from: 60, to: 70, isAbove: true, .percent(10)), Step(from: 70, isAbove: true, .percent(30)),
      Step(from: 40, to: 30, isAbove: false, .percent(-10)), Step(from: 30, isAbove: false, .percent(-30)),
    ])
    let rules: [Rule] = [
      .targetTracking(TargetTracking(target: 37)), .step(step),
      .keda(ScaledObject(threshold: 7, activation: 20)),
      .keda(ScaledObject(threshold: 7, behavior: ScalingBehavior())),
      .backlog(BacklogPerInstance(secondsPerJob: 1, allowedSeconds: 9)),
      .hpa(HorizontalPodAutoscaler([MetricSpec(.external, "load", .average(3))])),
      .hpa(HorizontalPodAutoscaler([MetricSpec(.external, "load", .value(40))])),
      .hpa(HorizontalPodAutoscaler([.cpu(40)])),
    ]
    for rule in rules {
      for current in [1, 2, 7, 19, 50] {
        var last = 0
        for value in stride(from: 0.0, through: 100, by: 1.25) {
          var memory = PolicyMemory.breaching
          let pods = Array(
            repeating: Pod(usage: [cpuResource: value * 10], requests: [cpuResource: 1000]), count: current)
          let observation = Observation(
            time: 0, current: current, metrics: [Metric.utilization: value, "load": value], pods: pods,
            queue: value)
          let desired = Policy(rule).decide(on: observation, remembering: &memory).desired
          if desired < last { Issue.record("\(rule.kind) from \(current) at \(value)") }
          last = desired
        }
      }
    }
  }

  @Test("in no period does an autoscaler add or remove more than its limits allow")
  func rates() {
    let up = ScalingBehavior.RatePolicy(.pods, 5, per: 60)
    let down = ScalingBehavior.RatePolicy(.pods, 3, per: 90)
    let behavior = ScalingBehavior(
      scaleUp: .init(stabilizationWindow: 0, policies: [up]),
      scaleDown: .init(stabilizationWindow: 0, policies: [down]))
    let policy = Policy(
      .hpa(HorizontalPodAutoscaler([MetricSpec(.external, "load", .average(1))], behavior: behavior)))
    var random = SplitMix64(seed: 22)
    var (memory, sizes) = (PolicyMemory(), [20])
    for tick in 1...600 {
      let metrics = ["load": Double(Int.random(in: 1...100, using: &random))]
      let current = sizes[tick - 1]
      sizes.append(
        policy.decide(
          on: Observation(time: Double(tick) * 15, current: current, metrics: metrics), remembering: &memory
        ).desired)
    }
    // A period of 60 s begins 4 decisions ago, one of 90 s 6. A limit forbids changes, but takes none back.
    for end in 6..<sizes.count {
      #expect(sizes[end] <= max(sizes[end - 1], sizes[end - 4] + 5))
      #expect(sizes[end] >= min(sizes[end - 1], sizes[end - 6] - 3))
    }
    #expect(Set(sizes).count > 10)
  }

  @Test("within its stabilization window, an autoscaler that has removed pods does not add and remove again")
  func stabilization() {
    let behavior = ScalingBehavior(
      scaleUp: .init(stabilizationWindow: 300, policies: [.init(.pods, 1000, per: 15)]),
      scaleDown: .init(stabilizationWindow: 300, policies: [.init(.percent, 100, per: 15)]))
    let policy = Policy(
      .hpa(HorizontalPodAutoscaler([MetricSpec(.external, "load", .average(1))], behavior: behavior)))
    var random = SplitMix64(seed: 23)
    var (memory, size) = (PolicyMemory(startingWith: 20, at: 0), 20)
    var changes: [(time: Double, isUp: Bool)] = []
    for tick in 1...1500 {
      let time = Double(tick) * 15
      // Slow waves below a fast flutter: the waves ask for changes, the flutter for none.
      let wave = (tick / 100) % 2 == 0 ? 20 : 60
      let metrics = ["load": Double(wave + Int.random(in: -8...8, using: &random))]
      let desired = policy.decide(
        on: Observation(time: time, current: size, metrics: metrics), remembering: &memory
      ).desired
      if desired != size { changes.append((time, desired > size)) }
      size = desired
    }
    #expect(changes.contains { $0.isUp } && changes.contains { !$0.isUp })
    for (change, next) in zip(changes, changes.dropFirst()) where change.isUp != next.isUp {
      #expect(next.time - change.time >= 300)
    }
  }

  @Test("extreme numbers are decided on without a trap")
  func extremes() {
    var random = SplitMix64(seed: 24)
    let values = [0, 1e-12, 1, 1e9, 1e15]
    for policy in Self.policies {
      for _ in 0..<50 {
        var memory = PolicyMemory.breaching
        let current = [0, 1, Bounds.most].randomElement(using: &random) ?? 0
        let value = values.randomElement(using: &random) ?? 0
        let pod = Pod(
          usage: [cpuResource: value], requests: [cpuResource: values.randomElement(using: &random) ?? 0])
        let observation = Observation(
          time: value, current: current, warming: current / 2,
          metrics: [Metric.utilization: value, Metric.requests: value, "load": value], pods: [pod, pod],
          queue: value,
          running: current, pending: current)
        for _ in 0..<3 {
          let decision = policy.decide(on: observation, remembering: &memory)
          #expect(decision.desired >= 0 && decision.desired <= Bounds.most)
        }
      }
    }
  }
}
