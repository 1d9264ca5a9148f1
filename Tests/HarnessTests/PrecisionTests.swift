import Analysis
import Records
import TestSupport
import Testing

@testable import Harness

struct PrecisionTests {
  /// A plan of two configurations with five rounds and a warm-up at least.
  private func plan(precision: Double?, budget: UInt64?) -> Plan {
    var plan = Plan(configurations: [sum("single", 1), sum("fork", 2)], trials: 5, warmUps: 1)
    (plan.precision, plan.budget) = (precision, budget)
    return plan
  }

  /// Carries a plan out with trials that take a second each and vary by a part of their time.
  private func carriedOut(_ plan: Plan, noise: Double) throws -> (
    run: RunRecord, steps: [RunLoop<MockRunner>.Step]
  ) {
    var generator = SplitMix64(seed: 5)
    let clock = Seconds()
    let runner = MockRunner { _, _ in
      clock.now += 1_000_000_000
      let region = 1e9 * (1 + Double.random(in: -noise...noise, using: &generator))
      return .measured(
        processRecord(wall: 1_000_000_000), TrialRecord(result: ExactInteger(0), region: UInt64(region)))
    }
    var loop = RunLoop(
      runner, plan, timeout: 1, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 4), now: { clock.now })
    var run = newRun(plan)
    var steps: [RunLoop<MockRunner>.Step] = []
    try loop.carryOut(&run, willTry: { steps.append($0) }, didTry: { _ in })
    return (run, steps)
  }

  private final class Seconds { var now: UInt64 = 77 }

  /// The widest interval of a median, relative to it.
  private func widest(_ run: RunRecord) -> Double {
    let measured = MeasuredRun(run)
    return measured.configurations.map { $0.precision(widening: measured.widening) ?? .infinity }.max() ?? 0
  }

  @Test("a run ends once it reaches its precision after the least number of rounds")
  func reached() throws {
    let run = try carriedOut(plan(precision: 0.01, budget: 1_000_000_000_000), noise: 0.001).run
    #expect(run.trials.count == 12)
  }

  @Test("a run adds rounds until it reaches its precision")
  func further() throws {
    let (run, steps) = try carriedOut(plan(precision: 0.01, budget: 1_000_000_000_000_000), noise: 0.05)
    #expect(run.trials.count > 12 && widest(run) <= 0.01)
    var before = run
    let last = run.trials.map(\.round).max()
    before.trials.removeAll { $0.round == last && !$0.warmUp }
    #expect(widest(before) > 0.01)
    #expect(steps.map(\.position) == Array(run.trials.indices))
    #expect(steps.allSatisfy { $0.position < $0.count && $0.timeLeft >= 0 })
  }

  @Test("a run gives up its precision before a round that would exceed the budget")
  func budget() throws {
    // A trial takes a second, and fork is tried together with single.
    let run = try carriedOut(plan(precision: 1e-9, budget: 21_500_000_000), noise: 0.05).run
    #expect((20...21).contains(run.trials.count))
    let short = try carriedOut(plan(precision: 1e-9, budget: 1_000_000_000), noise: 0.05).run
    #expect(short.trials.count == 12, "the fewest rounds are tried whatever the budget")
  }

  @Test("a fixed number of trials ignores the precision")
  func fixed() throws {
    #expect(try carriedOut(plan(precision: nil, budget: nil), noise: 0.5).run.trials.count == 12)
  }

  @Test("configurations that only fail are not tried again")
  func failures() throws {
    var plan = plan(precision: 0.01, budget: 1_000_000_000_000)
    plan.configurations.append(sum("threads", 2))
    let runner = MockRunner { configuration, _ in
      configuration.model == "threads" ? .failed(reason: "no", nil) : measured(wall: 1, region: 1000)
    }
    var loop = RunLoop(runner, plan, timeout: 1, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 4))
    try loop.carryOut(willTry: { _ in }, didTry: { _ in })
    #expect(runner.asked.count == 18)
  }
}
