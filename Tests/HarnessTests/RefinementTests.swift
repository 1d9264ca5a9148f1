import Analysis
import Records
import TestSupport
import Testing

@testable import Harness

/// The choice of trials after the planned rounds of a run.
struct RefinementTests {
  private final class Seconds { var now: UInt64 = 0 }

  /// Carries out a plan whose trials take a second each.
  private func carryOut(
    _ plan: Plan, refinement: Refinement? = nil, answer: @escaping (Configuration, Int) -> TrialOutcome
  ) throws -> [Trial] {
    let clock = Seconds()
    let runner = MockRunner { configuration, position in
      clock.now += 1_000_000_000
      return answer(configuration, position)
    }
    var loop = RunLoop(
      runner, plan, refinement: refinement, timeout: 1,
      estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 4), now: { clock.now })
    var trials: [Trial] = []
    try loop.carryOut(willTry: { _ in }, didTry: { trials.append($0) })
    return trials
  }

  private func outcome(region: Double, foreignLoad: Double? = nil) -> TrialOutcome {
    .measured(
      processRecord(wall: 1_000_000_000, foreignLoad: foreignLoad),
      TrialRecord(result: ExactInteger(0), region: UInt64(region)))
  }

  private func plan(_ configurations: [Configuration], precision: Double?, seconds: Int) -> Plan {
    var plan = Plan(configurations: configurations, trials: 5, warmUps: 0, seed: 7)
    (plan.precision, plan.budget) = (precision, UInt64(seconds) * 1_000_000_000)
    return plan
  }

  private let models = ["single", "fork", "threads", "taskgroup", "dispatch"].map {
    sum($0, $0 == "single" ? 1 : 2)
  }

  @Test(
    "after the planned rounds, the widest interval is tried in the same round as single, and nothing else")
  func widestFirst() throws {
    var generator = SplitMix64(seed: 3)
    let trials = try carryOut(plan(models, precision: 0.001, seconds: 60)) { configuration, _ in
      let noise = configuration.model == "fork" ? 0.1 : 0.002
      return outcome(region: 1e9 * (1 + .random(in: -noise...noise, using: &generator)))
    }
    let further = trials.filter { $0.round >= 5 }
    #expect((34...35).contains(further.count))
    for (_, round) in Dictionary(grouping: further, by: \.round) {
      #expect(Set(round.map { models[$0.configuration].model }) == ["single", "fork"])
    }
    #expect(Set(further.map(\.round)) == Set(5..<5 + further.count / 2))
    let order = further.map(\.configuration)
    #expect(order != order.sorted() && Set(stride(from: 0, to: 30, by: 2).map { order[$0] }).count == 2)
  }

  @Test(
    "in the same time, the widest interval is a fifth narrower than in uniform rounds, and the mean is narrower too"
  )
  func narrower() throws {
    let noises = [0.01, 0.01, 0.02, 0.03, 0.08]
    var (widest, mean) = ([0.0, 0.0], [0.0, 0.0])
    for seed in 0..<30 as Range<UInt64> {
      for isUniform in [false, true] {
        var generator = SplitMix64(seed: seed)
        var plan = plan(models, precision: 1e-6, seconds: 60)
        if isUniform { (plan.trials, plan.budget) = (12, nil) }
        var run = newRun(plan)
        run.trials = try carryOut(plan) { configuration, _ in
          let noise = noises[models.firstIndex(of: configuration) ?? 0]
          return outcome(region: 1e9 * (1 + generator.normal(0, noise)))
        }
        #expect((59...60).contains(run.trials.count))
        let precisions = MeasuredRun(run).configurations.map { $0.precision() ?? .infinity }
        widest[isUniform ? 1 : 0] += (precisions.max() ?? 0) / 30
        mean[isUniform ? 1 : 0] += precisions.reduce(0, +) / Double(precisions.count) / 30
      }
    }
    print("mean of the widest ±: \(widest[0]) refined, \(widest[1]) uniform; of all: \(mean[0]), \(mean[1])")
    #expect(widest[0] < 0.8 * widest[1] && mean[0] < mean[1])
  }

  @Test("intervals that are half as wide as the widest are tried with it")
  func similar() throws {
    var generator = SplitMix64(seed: 3)
    let trials = try carryOut(plan(models, precision: 0.001, seconds: 40)) { configuration, _ in
      let noise = ["fork", "threads"].contains(configuration.model) ? 0.1 : 0.002
      return outcome(region: 1e9 * (1 + .random(in: -noise...noise, using: &generator)))
    }
    let counts = Dictionary(grouping: trials) { models[$0.configuration].model }.mapValues(\.count)
    #expect(try #require(counts["fork"]) > 6 && #require(counts["threads"]) > 6)
    #expect(counts["taskgroup"] == 5 && counts["dispatch"] == 5)
  }

  @Test("a disturbed trial is replaced in a later round, with single, even if nothing else is to be tried")
  func disturbed() throws {
    let plan = plan(models, precision: nil, seconds: 1000)
    var disturbances = 2
    let trials = try carryOut(plan) { configuration, position in
      let isDisturbed = configuration.model == "threads" && disturbances > 0 && position > 6
      if isDisturbed { disturbances -= 1 }
      return outcome(region: 1e9, foreignLoad: isDisturbed ? 0.9 : 0)
    }
    let further = trials.filter { $0.round >= 5 }
    #expect(Set(further.map(\.round)) == [5, 6])
    #expect(
      further.map { models[$0.configuration].model }.sorted() == ["single", "single", "threads", "threads"])
  }

  @Test("a machine that stays busy ends a run with its budget, and a fixed number of trials is left at that")
  func alwaysDisturbed() throws {
    let busy = { (_: Configuration, _: Int) in self.outcome(region: 1e9, foreignLoad: 0.9) }
    #expect(try carryOut(plan(models, precision: 0.01, seconds: 48), answer: busy).count <= 48)
    #expect(try carryOut(plan(models, precision: nil, seconds: 30), answer: busy).count == 30)
    var fixed = plan(models, precision: nil, seconds: 1)
    fixed.budget = nil
    #expect(try carryOut(fixed, answer: busy).count == 25)
  }

  @Test("a disturbed trial counts toward no precision")
  func precision() throws {
    let trials = try carryOut(plan(models, precision: 0.01, seconds: 1000)) { configuration, position in
      outcome(region: 1e9, foreignLoad: configuration.model == "fork" && position < 25 ? 0.9 : 0)
    }
    let fork = trials.filter { models[$0.configuration].model == "fork" }
    #expect(fork.count == 10 && trials.count == 35, "five that count, each with its single")
  }

  @Test("gates are tried until they can tell, the most uncertain configuration first")
  func gates() throws {
    let plan = plan(models, precision: nil, seconds: 1000)
    var generator = SplitMix64(seed: 9)
    func region(_ configuration: Configuration, noise: Double) -> Double {
      1e9 * (1 + .random(in: -noise...noise, using: &generator))
    }
    var baseline = newRun(plan)
    baseline.trials = try carryOut(plan) { configuration, _ in
      outcome(region: region(configuration, noise: 0.001))
    }
    let gate = Gate(.time, limit: 0.05)
    let trials = try carryOut(
      plan, refinement: .toGates([gate], baseline: MeasuredRun(baseline))
    ) { configuration, _ in
      outcome(region: region(configuration, noise: configuration.model == "fork" ? 0.12 : 0.001))
    }
    let further = Set(trials.filter { $0.round >= 5 }.map { models[$0.configuration].model })
    #expect(further == ["single", "fork"])
    var run = newRun(plan)
    run.trials = trials
    func undecided(_ run: RunRecord) -> Int {
      gate.uncertainties(between: MeasuredRun(baseline), and: MeasuredRun(run), sharesRounds: false)
        .count { $0 != nil }
    }
    #expect(undecided(run) == 0)
    run.trials.removeAll { $0.round >= 5 }
    #expect(undecided(run) == 1)
  }

  @Test("a configuration whose trials never count is given up, and the others get the time")
  func hopeless() throws {
    var generator = SplitMix64(seed: 3)
    for isDisturbed in [true, false] {
      let trials = try carryOut(plan(models, precision: 0.001, seconds: 200)) { configuration, position in
        if configuration.model == "threads", position > 10 {
          return isDisturbed ? outcome(region: 1e9, foreignLoad: 0.9) : .failed(reason: "no", nil)
        }
        let noise = configuration.model == "fork" ? 0.1 : 0.002
        return outcome(region: 1e9 * (1 + .random(in: -noise...noise, using: &generator)))
      }
      let counts = Dictionary(grouping: trials) { models[$0.configuration].model }.mapValues(\.count)
      #expect(counts["threads"] == 15, "five planned, and ten more")
      #expect(try #require(counts["fork"]) > 50)
    }
  }

  @Test("two suites are tried right after each other in every round, in either order")
  func twoSuites() throws {
    let plan = plan(models, precision: nil, seconds: 1000)
    let runners = (0..<2).map { _ in MockRunner { _, _ in measured(wall: 1, region: 1000) } }
    var loop = RunLoop(
      runners[0], beside: runners[1], plan, timeout: 1,
      estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 4))
    var tried: [(configuration: Int, round: Int, suite: Int)] = []
    var steps: [RunLoop<MockRunner>.Step] = []
    try loop.carryOut(
      willTry: { steps.append($0) },
      didTry: { trial, suite in tried.append((trial.configuration, trial.round, suite)) })
    #expect(tried.count == 50 && runners.allSatisfy { $0.asked.count == 25 })
    var firsts: Set<Int> = []
    for place in stride(from: 0, to: tried.count, by: 2) {
      let (one, other) = (tried[place], tried[place + 1])
      #expect(one.configuration == other.configuration && one.round == other.round)
      #expect(Set([one.suite, other.suite]) == [0, 1])
      firsts.insert(one.suite)
    }
    #expect(firsts == [0, 1])
    #expect(steps.map(\.position) == Array(0..<50) && steps.allSatisfy { $0.count == 50 })
    #expect(steps.map(\.suite) == tried.map(\.suite))
  }
}
