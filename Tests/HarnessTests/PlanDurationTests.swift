import Records
import TestSupport
import Testing

@testable import Harness

struct PlanDurationTests {
  private let step = 100_000_000.0
  /// The numbers of CPUs to plan for: every small one, and those about powers of two, where the counts of workers change.
  private static let machines = [1...18, 23...25, 31...33, 63...65, 96...97, 127...129, 192...192, 255...256]
    .joined()

  /// The one duration of a plan.
  private func duration(_ plan: Plan) throws -> UInt64 {
    let durations = Set(plan.configurations.filter { $0.upTo == nil }.map(\.duration))
    #expect(durations.count == 1)
    let duration = try #require(durations.first)
    return try #require(duration)
  }

  /// Returns the estimated time of a whole plan in nanoseconds.
  private func time(_ plan: Plan, _ request: PlanRequest, _ costs: Costs) -> Double {
    let estimate = TimeEstimate(costs: costs, effectiveCPUs: request.effectiveCPUs)
    return plan.sequence.reduce(0) { $0 + estimate.time(of: plan.configurations[$1.configuration]) }
  }

  @Test("a given duration is used, however long", arguments: [1_000_000, 123_456_789, 3_600_000_000_000])
  func given(nanoseconds: UInt64) throws {
    var request = suiteRequest(effectiveCPUs: 64)
    request.duration = nanoseconds
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == nanoseconds)
  }

  @Test("a trial of fixed time takes a second if the budget allows")
  func plenty() throws {
    var request = suiteRequest(effectiveCPUs: 1)
    request.budget = 1_000_000_000_000
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == 1_000_000_000)
  }

  @Test("a trial of fixed time takes 100 ms without a budget")
  func noTime() throws {
    var request = suiteRequest()
    request.budget = 0
    #expect(try duration(request.plan(costs: costs(["sum": 4e9]))) == 100_000_000)
  }

  @Test("the duration is the budget's share per trial, in steps of 100 ms")
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
    "the whole plan keeps its budget if possible, for 1 to 256 CPUs",
    arguments: [1, 10] as [UInt64])
  func budget(divisor: UInt64) throws {
    var generator = SplitMix64(seed: 12)
    for effectiveCPUs in Self.machines {
      var request = suiteRequest(effectiveCPUs: effectiveCPUs)
      request.budget /= divisor
      if divisor == 10 { (request.trials, request.warmUps) = (1, 0) }
      let costs = costs(["sum": .random(in: 1e8...1e10, using: &generator)])
      let plan = request.plan(costs: costs)
      let chosen = Double(try duration(plan))
      #expect((1...10).contains(chosen / step) && (chosen / step).rounded() == chosen / step)
      let total = time(plan, request, costs)
      let rounding = 1.0
      #expect(total <= Double(request.budget) + rounding || chosen == step)
      // A step more would not have been affordable.
      let timed = plan.sequence.count { plan.configurations[$0.configuration].upTo == nil }
      #expect(total + Double(timed) * step > Double(request.budget) - rounding || chosen == 10 * step)
    }
  }

  @Test("a default run takes at most a minute on 1 to 128 CPUs of any speed, and a second more on 256")
  func minute() {
    var generator = SplitMix64(seed: 13)
    for effectiveCPUs in Self.machines {
      let request = defaultRequest(effectiveCPUs: effectiveCPUs)
      // At 6.33·10^9 the round number nearest to half a second takes 0.79 s, as long as it can.
      for rate in [6.33e9, .random(in: 1e6...1e11, using: &generator)] {
        var costs = costs(["sum": rate])
        // As if vectors were no faster than the scalar kernel.
        costs["sum", "simd"] = costs["sum", "scalar"]
        let plan = request.plan(costs: costs)
        #expect(plan.configurations.contains { $0.kernel == "simd" })
        #expect(
          time(plan, request, costs) <= (effectiveCPUs > 128 ? 61e9 : 60e9),
          "\(effectiveCPUs) CPUs, \(rate) numbers a second")
      }
    }
  }

  @Test("two suites take as long as one, and gates leave most of the time to further rounds")
  func suitesAndGates() throws {
    let costs = costs(["sum": 4e9])
    var request = suiteRequest(effectiveCPUs: 2)
    request.precision = 0.01
    let lone = time(request.plan(costs: costs), request, costs)
    request.suites = 2
    let both = 2 * time(request.plan(costs: costs), request, costs)
    #expect(both <= Double(request.budget) && both > lone / 2)
    (request.suites, request.isGated) = (1, true)
    #expect(time(request.plan(costs: costs), request, costs) <= 0.4 * Double(request.budget))
  }

  @Test("the amount of work is reduced only after the duration is at its least")
  func amounts() throws {
    let costs = costs(["sum": 4e9])
    // 2 rounds of 4 trials of half a second, and of 4 that take at least 100 ms.
    let least = 4_800_000_000
    for (budget, upTo) in [
      (50_000_000_000, 2_000_000_000), (least, 2_000_000_000), (least - 1000, 1_500_000_000),
      (0, 600_000_000),
    ] as [(Int, UInt64)] {
      var request = suiteRequest(effectiveCPUs: 1)
      (request.trials, request.warmUps, request.budget) = (2, 0, UInt64(budget))
      #expect(Set(request.plan(costs: costs).configurations.compactMap(\.upTo)) == [upTo])
      request.upTo = 2_000_000_001
      #expect(Set(request.plan(costs: costs).configurations.compactMap(\.upTo)) == [2_000_000_001])
    }
  }
}
