import Records
import TestSupport
import Testing

@testable import Harness

struct ResumeTests {
  private let estimate = TimeEstimate(costs: Costs(), effectiveCPUs: 4)

  /// Carries out what is left of a plan.
  private func rest(of plan: Plan, after trials: [Trial], until end: Int = .max) -> [Trial] {
    let runner = MockRunner { (_, position) throws(Interruption) in
      if position == end { throw Interruption(signal: 2) }
      return measured(wall: 1, region: 1000)
    }
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate, now: { 0 })
    loop.resume(after: trials)
    var more: [Trial] = []
    try? loop.carryOut(
      willTry: { #expect($0.position == trials.count + more.count) }, didTry: { more.append($0) })
    return more
  }

  @Test(
    "a resumed run does every trial of the plan once, in order, wherever it was interrupted",
    arguments: [nil, 9])
  func everyPlace(seed: UInt64?) {
    let plan = Plan(
      configurations: [stress("a", 1), sum("b", 2), stress("c", 4)], trials: 3, warmUps: 2, seed: seed)
    let whole = rest(of: plan, after: [])
    #expect(whole.count == 15)
    for end in 0...15 {
      let first = rest(of: plan, after: [], until: end)
      #expect(first.count == end)
      #expect(first + rest(of: plan, after: first) == whole)
    }
  }

  @Test("any number of interruptions leads to the same run")
  func often() {
    var generator = SplitMix64(seed: 81)
    let plan = Plan(configurations: (1...4).map { stress("m", $0) }, trials: 4, warmUps: 1, seed: 3)
    let whole = rest(of: plan, after: [])
    for _ in 0..<50 {
      var trials: [Trial] = []
      while trials.count < whole.count {
        trials += rest(of: plan, after: trials, until: Int.random(in: 0...6, using: &generator))
      }
      #expect(trials == whole)
    }
  }

  @Test("a resumed run does not repeat failed trials, and does nothing if none is left")
  func failed() {
    let plan = Plan(configurations: [stress("a", 1), stress("b", 1)], trials: 2, warmUps: 0)
    let failed = Trial(configuration: 1, round: 0, warmUp: false, failure: "no")
    #expect(
      rest(of: plan, after: [failed]).map { [$0.configuration, $0.round] } == [[0, 0], [0, 1], [1, 1]])
    #expect(rest(of: plan, after: rest(of: plan, after: [])).isEmpty)
  }

  @Test("a resumed run keeps the answers and the time already spent")
  func memory() throws {
    var plan = Plan(configurations: [sum("a", 1), sum("b", 1)], trials: 1, warmUps: 0)
    (plan.precision, plan.budget) = (1e-9, 1_000)
    var first = Trial(configuration: 0, round: 0, warmUp: false, process: processRecord(wall: 990))
    first.report = TrialRecord(result: ExactInteger(7), region: 5)
    let runner = MockRunner { _, _ in
      .measured(processRecord(wall: 5), TrialRecord(result: ExactInteger(8), region: 1))
    }
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate, now: { 0 })
    loop.resume(after: [first])
    var more: [Trial] = []
    try loop.carryOut(willTry: { _ in }, didTry: { more.append($0) })
    #expect(more.map(\.failure) == ["scaleup-b computed 8, but scaleup-a computed 7"])
  }

  @Test("a resumed run leaves a further round as it is, and continues to its precision after it")
  func furtherRounds() {
    var plan = Plan(configurations: [sum("a", 1), sum("b", 1)], trials: 5, warmUps: 0)
    (plan.precision, plan.budget) = (0.01, 1_000_000)
    let even = rest(of: plan, after: [])
    #expect(even.count == 10, "all trials are alike")
    var begun = even
    begun.append(Trial(configuration: 0, round: 5, warmUp: false, report: even[0].report))
    #expect(rest(of: plan, after: begun).isEmpty)
    begun[0].report?.region = 1
    begun[2].report?.region = 1
    let more = rest(of: plan, after: begun)
    #expect(more.first?.round == 6 && more.allSatisfy { $0.configuration == 0 })
  }

  @Test("a resumed run adds up any times that a file may hold, and stays within its budget")
  func longTimes() {
    var plan = Plan(configurations: [sum("a", 1)], trials: 1, warmUps: 0)
    (plan.precision, plan.budget) = (1e-9, 1_000)
    let trials = (0..<30).map { round in
      Trial(
        configuration: 0, round: round, warmUp: false, process: processRecord(wall: 1_000_000_000_000_000_000)
      )
    }
    #expect(rest(of: plan, after: trials).isEmpty)
  }

  @Test("the limit of a report has room for many workers, and is never more than can be read back")
  func outputLimits() {
    let most = RunFile.sizeLimit + 1 << 20
    #expect(stress("a", 64, duration: 1_000_000_000).outputLimit > 64 * 1024)
    #expect(stress("a", 1_000_000_000, duration: 1_000_000_000_000_000_000).outputLimit == most)
    #expect(stress("a", 1_000_000_000, duration: .max).outputLimit == most)
  }
}
