import Records
import Testing

@testable import scaleup

/// The explanations of the lessons about capacity and scaling, for measurements and simulations of any outcome.
struct PlanningLessonTests {
  private func policy(
    _ name: String, desired: [Int], inService: [Int]? = nil, queue: [Double]? = nil, outside: Int = 0,
    decisionAt time: Double? = nil, response: UInt64? = nil, hours: Double = 1, actions: Int = 0
  ) -> SimulationRecord.Policy {
    var policy = SimulationRecord.Policy(name: name)
    policy.timeline = desired.indices.map { minute in
      .init(
        time: 60 * Double(minute + 1), rate: 100, desired: desired[minute],
        inService: (inService ?? desired)[minute], starting: 0, draining: 0,
        utilization: queue.map { $0[minute] > 0 ? 1 : 0.5 }, response: nil, queue: queue?[minute] ?? 0,
        outside: false)
    }
    policy.trace =
      time.map { time in
        [
          .init(
            time: time, utilization: 1, queue: 0, current: desired[0], wanted: desired[1], limitedBy: nil,
            desired: desired[0] + 1, reason: "")
        ]
      } ?? []
    (policy.minutesOutside, policy.response, policy.instanceHours) = (outside, response, hours)
    (policy.actions, policy.mostInService) = (actions, (inService ?? desired).max() ?? 0)
    return policy
  }

  @Test("a reaction has the times from the change to the first decision and to more instances")
  func reaction() {
    let outcome = policy(
      "K", desired: [2, 2, 8, 6], inService: [2, 2, 2, 8], queue: [0, 0, 70, 0], outside: 1, decisionAt: 135)
    let reaction = ControlLoop.Reaction(outcome, change: 120)
    #expect(reaction.decision == 15 && reaction.service == 120 && reaction.most == 8)
    #expect(reaction.longestQueue == 70 && reaction.minutesOutside == 1)
    let none = ControlLoop.Reaction(policy("K", desired: [2, 2]), change: 60)
    #expect(none.decision == nil && none.service == nil && none.most == 2)
  }

  @Test("a loop overshoots only if it wanted more than it needed")
  func controlLoop() {
    func text(_ most: [Int], outside: [Int]) -> String {
      let reactions = zip(["Kubernetes", "AWS"], zip(most, outside)).map { name, values in
        ControlLoop.Reaction(
          policy(name, desired: [2, values.0], outside: values.1, decisionAt: 75), change: 60)
      }
      return ControlLoop.explanation(reactions, startUp: "60 s", check: 30, needed: 6)
    }
    let usual = text([8, 6], outside: [3, 9])
    #expect(
      usual.contains(
        "6 instances are enough for 50 %: Kubernetes wanted up to 8, AWS wanted no more than 6. AWS waits")
    )
    #expect(usual.contains("over the objective for 9 minutes instead of 3."), "\(usual)")
    #expect(usual.contains("15 s with Kubernetes and 15 s with AWS"))
    let other = text([6, 8], outside: [3, 2])
    #expect(other.hasSuffix("Kubernetes wanted no more than 6, AWS wanted up to 8."), "\(other)")
  }

  @Test("brakes are said to reduce the changes only if they did, and cost what the simulation says")
  func flapping() {
    func text(_ actions: [Int]) -> String {
      let outcomes = zip(actions, [3.5, 4.25, 3, 2]).map { actions, hours in
        policy("p", desired: [2], outside: actions, hours: hours, actions: actions)
      }
      return Flapping.explanation(outcomes, startUp: "60 s")
    }
    let usual = text([38, 1, 20, 9])
    #expect(
      usual.contains("changed the group 38 times without the window and 1 time with it. The window is longer")
    )
    #expect(usual.contains("took 4.3 instance hours instead of 3.5"), "\(usual)")
    #expect(usual.contains("over the objective for 1 minute instead of 38."))
    #expect(text([5, 5, 5, 5]).contains("Here the window did not reduce them."))
  }

  @Test("utilization is said to hide the queue by the queues that it hid")
  func longJobs() {
    let utilization = policy(
      "u", desired: [4, 4, 8], queue: [0, 12, 480], response: 900_000_000_000)
    let backlog = policy("b", desired: [4, 20, 20], queue: [0, 5, 0], response: 300_000_000_000)
    let text = LongJobs.explanation([utilization, backlog])
    #expect(
      text.contains("100 % in 2 minutes, and at the end of each of them between 12 and 480 jobs waited."),
      "\(text)")
    #expect(text.contains("took up to 900.0 s, by backlog 300.0 s."))
    #expect(text.contains("at most 8 instances by utilization and 20 by backlog"))
    let idle = LongJobs.explanation([backlog, policy("b", desired: [4], queue: [0])])
    #expect(idle.contains("100 % in 1 minute, ") && idle.contains("the two took about as long"))
    #expect(LongJobs.explanation([policy("u", desired: [4], queue: [0]), backlog]).contains("never reached"))
  }

  @Test("pooling is explained with the machines that have the same response, or with too many")
  func bigOrMany() {
    var results = BigOrMany.Results(
      big: (34e6, 35e6), random: (160e6, 170e6), turns: 80e6, fewest: 40e6, queue: 36e6, equal: 120)
    let text = BigOrMany.explanation(results)
    #expect(
      text.contains("it would take 120 machines") && text.contains("brings 170.0 ms to 40.00 ms"), "\(text)")
    (results.equal, results.fewest) = (nil, nil)
    #expect(BigOrMany.explanation(results).contains("more than 4096 machines"))
  }

  @Test("a start-up is said to cost requests only if it did")
  func coldStart() {
    func text(_ late: [Double]) -> String {
      ColdStart.explanation(
        zip([0.009, 60, 300], late).map {
          .init(startUp: $0, isMeasured: $0 < 1, late: $1, minutesOutside: 1, service: 60)
        }, slowest: ("fork", 12e6))
    }
    let usual = text([0.01, 0.05, 0.2])
    #expect(usual.contains("scaleup-fork, took 12.00 ms"))
    #expect(
      usual.contains("1.0 % of all requests were late with the measured start-up, and 20.0 % with 5 min."))
    #expect(usual.contains("Even the measured one"))
    let none = text([0, 0, 0])
    #expect(none.contains("made no more requests late") && !none.contains("Even the measured one"))
  }

  @Test("paper math is judged by the rate that was reached, and excused only by what was measured")
  func capacity() {
    func text(rate: Double, demand: Double, isBound: Bool = false) -> String {
      let light = PaperCapacity.Sample(
        predicted: 0.5, utilization: 0.52, rate: 500, demand: 1e6, latencies: ["1.1 ms", "3 ms"])
      let most = PaperCapacity.Sample(
        predicted: nil, utilization: 0.97, rate: rate, demand: demand, latencies: ["16 ms", "20 ms"],
        isBoundByGenerator: isBound)
      return PaperCapacity.explanation([light, most], demand: 1e6)
    }
    #expect(text(rate: 990, demand: 1.01e6).contains("990, 99.0 % of it. The paper was right."))
    let slower = text(rate: 800, demand: 1.2e6)
    #expect(slower.contains("1.200 ms of CPU time, 20.0 % more: D is not the same under load."), "\(slower)")
    #expect(text(rate: 1300, demand: 0.75e6).contains("25.0 % less"))
    #expect(text(rate: 800, demand: 1e6).contains("busy for 97.0 % of a core meanwhile"))
    #expect(text(rate: 800, demand: 1e6, isBound: true).contains("says nothing about the server"))
    #expect(slower.contains("50.0 % by the law was 52.0 %") && slower.contains("p50 1.1 ms and p99 3 ms"))
  }
}
