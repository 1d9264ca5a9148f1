import Records
import Testing

@testable import Harness

struct RunLoopTests {
  private let plan = Plan(
    configurations: [stress("single", 1), stress("fork", 2), stress("fork", 4)], trials: 2, warmUps: 1)
  private let estimate = TimeEstimate(costs: Costs(), effectiveCPUs: 4)

  @Test("the loop runs the plan in its order and records the round of each trial")
  func order() throws {
    let runner = MockRunner { _, position in measured(wall: UInt64(position)) }
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate)
    var run = newRun(plan)
    try loop.carryOut(&run, willTry: { _ in }, didTry: { _ in })
    #expect(runner.asked == plan.sequence.map { plan.configurations[$0.configuration] })
    #expect(run.trials.map(\.configuration) == [0, 1, 2, 0, 1, 2, 0, 1, 2])
    #expect(run.trials.map(\.warmUp) == [true, true, true] + Array(repeating: false, count: 6))
    #expect(run.trials.map(\.round) == [0, 0, 0, 0, 0, 0, 1, 1, 1])
    #expect(run.trials.map(\.process?.wall) == Array(0..<9))
    #expect(run.trials.allSatisfy { $0.report != nil && $0.failure == nil })
  }

  @Test("a failure is recorded with its reason, and the loop continues")
  func failures() throws {
    let runner = MockRunner { configuration, position in
      switch configuration.workers {
      case 2: .failed(reason: "it broke", processRecord(wall: 7))
      case 4: .failed(reason: "it is missing", nil)
      default: measured(wall: 1)
      }
    }
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate)
    var run = newRun(plan)
    try loop.carryOut(&run, willTry: { _ in }, didTry: { _ in })
    #expect(run.trials.count == 9)
    #expect(run.trials.map(\.failure) == Array([[nil, "it broke", "it is missing"]].repeated(3).joined()))
    #expect(run.trials.map { $0.process?.wall } == Array([[1, 7, nil]].repeated(3).joined()))
    #expect(run.trials.allSatisfy { ($0.report == nil) == ($0.failure != nil) })
  }

  @Test("a second answer to the same question is a failure")
  func disagreement() throws {
    let plan = Plan(
      configurations: [sum("a", 1), sum("b", 2), sum("b", 1, upTo: 7), stress("a", 1), stress("b", 1)],
      trials: 2, warmUps: 0)
    var run = newRun(plan)
    let runner = MockRunner { configuration, count in
      let result: UInt128 = configuration.upTo == nil ? UInt128(count) : configuration.model == "a" ? 41 : 42
      return .measured(processRecord(wall: 5), TrialRecord(result: ExactInteger(result), region: 1))
    }
    var loop = RunLoop(runner, plan, timeout: 1, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 1))
    try loop.carryOut(&run, willTry: { _ in }, didTry: { _ in })
    #expect(
      run.trials.map { $0.failure != nil } == [
        false, true, false, false, false, false, true, false, false, false,
      ])
    #expect(run.trials.allSatisfy { ($0.report == nil) == ($0.failure != nil) && $0.process != nil })
    #expect(run.trials[1].failure == "scaleup-b computed 42, but scaleup-a computed 41")
  }

  @Test("an interruption ends the loop and keeps the finished trials", arguments: 0..<9)
  func interruption(finished: Int) throws {
    let runner = MockRunner { (_, position) throws(Interruption) in
      if position == finished { throw Interruption(signal: 2) }
      return measured(wall: 1)
    }
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate)
    var run = newRun(plan)
    #expect(throws: Interruption(signal: 2)) {
      try loop.carryOut(&run, willTry: { _ in }, didTry: { _ in })
    }
    #expect(run.trials.count == finished)
    #expect(run.trials.map(\.configuration) == plan.sequence.prefix(finished).map(\.configuration))
    #expect(runner.asked.count == finished + 1)
  }

  @Test("a trial that cannot be saved ends the loop and is kept")
  func didTryFails() throws {
    struct DiskFull: Error {}
    let runner = MockRunner { _, _ in measured(wall: 1) }
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate)
    var run = newRun(plan)
    #expect(throws: DiskFull.self) {
      try loop.carryOut(
        &run, willTry: { _ in }, didTry: { if $0.trials.count == 4 { throw DiskFull() } })
    }
    #expect(run.trials.count == 4)
    #expect(runner.asked.count == 4)
  }

  @Test("the loop announces each trial before it and passes the run on after it")
  func notices() throws {
    var notices: [String] = []
    let runner = MockRunner { _, _ in measured(wall: 1) }
    let plan = Plan(configurations: [stress("a", 1), stress("b", 2)], trials: 1, warmUps: 1)
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate)
    var run = newRun(plan)
    try loop.carryOut(
      &run, willTry: { notices.append("\($0.position) of \($0.count): \($0.configuration.model)") },
      didTry: { notices.append("has \($0.trials.count)") })
    #expect(
      notices == [
        "0 of 4: a", "has 1", "1 of 4: b", "has 2", "2 of 4: a", "has 3", "3 of 4: b", "has 4",
      ])
  }

  @Test("a plan without configurations runs nothing")
  func emptyPlan() throws {
    let runner = MockRunner { _, _ in measured(wall: 1) }
    let plan = Plan(configurations: [], trials: 5, warmUps: 1)
    var loop = RunLoop(runner, plan, timeout: nil, estimate: estimate)
    var run = newRun(plan)
    try loop.carryOut(&run, willTry: { _ in Issue.record("nothing is to be tried") }, didTry: { _ in })
    #expect(run.trials.isEmpty && runner.asked.isEmpty)
  }
}

extension Array {
  /// The elements several times over.
  fileprivate func repeated(_ count: Int) -> [Element] {
    (0..<count).flatMap { _ in self }
  }
}
