import Records
import Testing

@testable import Harness

struct RunLoopTimeTests {
  /// The time that was said to be left before each trial, and the limits that the trials had.
  private func times(
    _ plan: Plan, timeout: UInt64? = nil, wall: @escaping (Configuration) -> UInt64?
  ) throws -> (left: [Double], limits: [UInt64]) {
    let runner = MockRunner { configuration, _ in
      wall(configuration).map { measured(wall: $0) } ?? .failed(reason: "it broke", processRecord(wall: 1))
    }
    var loop = RunLoop(
      runner, plan, timeout: timeout, estimate: TimeEstimate(costs: costs(["sum": 1e9]), effectiveCPUs: 4))
    var left: [Double] = []
    var run = newRun(plan)
    try loop.carryOut(&run, willTry: { left.append($0.timeLeft) }, didTry: { _ in })
    return (left, runner.timeouts)
  }

  @Test("the time left shrinks as expected, down to the last trial's own time")
  func decreasing() throws {
    let configurations = [
      sum("single", 1, upTo: 4000), sum("fork", 4, upTo: 4000), stress("fork", 4, duration: 500),
    ]
    let times = try times(Plan(configurations: configurations, trials: 3, warmUps: 1)) { configuration in
      configuration.duration ?? 4000 / UInt64(configuration.workers)
    }
    let first = try #require(times.left.first)
    #expect(abs(first - 4 * 5500) < 1e-6)
    #expect(times.left.last == 500)
    #expect(zip(times.left, times.left.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test("each trial updates the estimate of the rest")
  func learning() throws {
    let plan = Plan(
      configurations: [stress("a", 1, duration: 100), stress("b", 1, duration: 100)], trials: 3, warmUps: 0)
    let times = try times(plan) { $0.model == "a" ? 40 : 1000 }
    #expect(times.left == [600, 380, 2080, 2040, 1040, 1000])
  }

  @Test("a failed trial does not change the estimate")
  func failuresTeachNothing() throws {
    let plan = Plan(configurations: [stress("a", 1, duration: 100)], trials: 3, warmUps: 0)
    let times = try times(plan) { _ in nil }
    #expect(times.left == [300, 200, 100])
  }

  @Test("a given time limit applies to every trial")
  func givenTimeout() throws {
    let plan = Plan(configurations: [stress("a", 1), sum("b", 2)], trials: 2, warmUps: 1)
    #expect(try times(plan, timeout: 77) { _ in 1_000_000 }.limits == Array(repeating: 77, count: 6))
  }

  @Test("the default time limit is far above the expected time of a trial")
  func estimatedTimeout() throws {
    let plan = Plan(configurations: [stress("a", 1, duration: 1_000_000_000)], trials: 2, warmUps: 0)
    #expect(try times(plan) { _ in 3_000_000_000 }.limits == [70_000_000_000, 90_000_000_000])
  }
}
