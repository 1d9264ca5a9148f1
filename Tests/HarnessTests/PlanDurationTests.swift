import Records
import TestSupport
import Testing

@testable import Harness

@Suite("The time of a trial of fixed time")
struct PlanDurationTests {
  private let step = 100_000_000.0

  /// The one duration of a plan.
  private func duration(_ plan: Plan) throws -> UInt64 {
    let durations = Set(plan.configurations.filter { $0.upTo == nil }.map(\.duration))
    #expect(durations.count == 1)
    let duration = try #require(durations.first)
    return try #require(duration)
  }

  /// What a whole plan takes as far as one can tell, in nanoseconds.
  private func time(_ plan: Plan, _ request: PlanRequest, _ rates: [String: Double]) -> Double {
    let estimate = TimeEstimate(costs: costs(rates), effectiveCPUs: request.effectiveCPUs)
    return plan.sequence.reduce(0) { $0 + estimate.time(of: plan.configurations[$1.configuration]) }
  }

  @Test("is what was given, however long that takes", arguments: [1_000_000, 123_456_789, 3_600_000_000_000])
  func given(nanoseconds: UInt64) throws {
    var request = suiteRequest(effectiveCPUs: 64)
    request.duration = nanoseconds
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == nanoseconds)
  }

  @Test("is a whole second where there is time for it")
  func plenty() throws {
    var request = suiteRequest(effectiveCPUs: 1)
    request.budget = 1_000_000_000_000
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == 1_000_000_000)
  }

  @Test("is 100 ms where there is no time at all")
  func noTime() throws {
    var request = suiteRequest()
    request.budget = 0
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == 100_000_000)
  }

  @Test("is what the budget leaves for each trial, in steps of 100 ms")
  func known() throws {
    var request = suiteRequest(effectiveCPUs: 2)
    // 6 rounds of 7 trials: a budget of 6 · 7 · 250 ms leaves 200 ms for each.
    request.workloads = [stressWorkload]
    request.budget = 6 * 7 * 250_000_000
    #expect(try duration(request.plan(costs: Costs())) == 200_000_000)
    // A sum of half a second takes 0.5 s for 4 configurations of one worker and 0.25 s for 3 of two.
    request.workloads = [sumWorkload, stressWorkload]
    request.budget = 6 * (7 * 340_000_000 + 2_750_000_000)
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == 300_000_000)
  }

  @Test(
    "keeps the whole plan within its budget where that can be, for 1 to 256 CPUs",
    arguments: [1, 10] as [UInt64])
  func budget(divisor: UInt64) throws {
    var generator = SplitMix64(seed: 12)
    for effectiveCPUs in 1...256 {
      var request = suiteRequest(effectiveCPUs: effectiveCPUs)
      request.budget /= divisor
      if divisor == 10 { (request.trials, request.warmUps) = (1, 0) }
      let rates = ["sum": Double.random(in: 1e8...1e10, using: &generator)]
      let plan = request.plan(costs: costs(rates))
      let chosen = Double(try duration(plan))
      #expect((1...10).contains(chosen / step) && (chosen / step).rounded() == chosen / step)
      let total = time(plan, request, rates)
      let rounding = 1.0
      #expect(total <= Double(request.budget) + rounding || chosen == step)
      // A step more would not have been affordable.
      let timed = plan.sequence.count { plan.configurations[$0.configuration].upTo == nil }
      #expect(total + Double(timed) * step > Double(request.budget) - rounding || chosen == 10 * step)
    }
  }

  @Test("lets a run that nobody limited take no more than a minute, on 1 to 256 CPUs of any speed")
  func minute() {
    var generator = SplitMix64(seed: 13)
    for effectiveCPUs in 1...256 {
      let request = suiteRequest(effectiveCPUs: effectiveCPUs)
      let rates = ["sum": Double.random(in: 1e6...1e11, using: &generator)]
      #expect(time(request.plan(costs: costs(rates)), request, rates) <= 60e9)
    }
  }
}
