import Analysis
import Records
import TestSupport
import Testing

/// The coverage of ± and of the intervals of speedups, counted over fabricated runs.
struct PrecisionSimulation {
  private func row(_ run: RunRecord) throws -> ConfigurationAnalysis {
    try #require(RunAnalysis(run).workloads.first?.rows.last)
  }

  @Test(
    "the interval of a time covers the truth in 93 to 97 % of runs of 6 rounds and more, and of 94 % with 5",
    arguments: [5, 6, 7, 10, 20])
  func times(rounds: Int) throws {
    let covered = try part("the interval of a time, \(rounds) rounds", of: 250, seed: 1) { generator in
      let row = try row(SimulatedMachine.equal(1).run(rounds: rounds, &generator))
      return try #require(row.timeInterval).interval.contains(1e9)
    }
    #expect((0.91...0.99).contains(covered))
  }

  @Test("± does not grow if rounds are added")
  func narrowing() throws {
    var generator = SplitMix64(seed: 2)
    let precisions = try [5, 6, 7, 8, 10].map { rounds in
      let count = repetitions(150)
      return try (0..<count).reduce(0.0) { sum, _ in
        sum + (try #require(row(SimulatedMachine.equal(1).run(rounds: rounds, &generator)).precision))
      } / Double(count)
    }
    print("mean ± with 5, 6, 7, 8 and 10 rounds: \(precisions)")
    #expect(precisions == precisions.sorted(by: >))
  }

  @Test(
    "the interval of a speedup covers the truth in 93 to 98 % of runs, and noise that rounds share does not widen it"
  )
  func speedups() throws {
    for rounds in [6, 10, 20] {
      var widths: [Double] = []
      for roundNoise in [0, 0.04] {
        var machine = SimulatedMachine.models([1])
        machine.roundNoise = roundNoise
        var width = 0.0
        let what = "the interval of a speedup, \(rounds) rounds that share a noise of \(roundNoise)"
        let covered = try part(what, of: 150, seed: 3) { generator in
          let interval = try #require(try row(machine.run(rounds: rounds, &generator)).speedupInterval)
          width += interval.upper - interval.lower
          return interval.contains(2)
        }
        widths.append(width / Double(repetitions(150)))
        #expect((0.91...0.99).contains(covered))
      }
      print("mean widths: \(widths)")
      #expect(widths[1] < 1.02 * widths[0])
    }
  }

  @Test(
    "in rounds that depend on each other, ± is widened, and covers the truth in at least 60 and 75 % of runs")
  func dependentRounds() throws {
    var machine = SimulatedMachine.equal(8)
    (machine.noise, machine.roundNoise, machine.memory, machine.effectiveCPUs) = (0.002, 0.02, 0.8, 8)
    for (rounds, least) in [(10, 0.6), (20, 0.75)] {
      let covered = try part(
        "the interval of a time on a changing machine, \(rounds) rounds", of: 100, seed: 4
      ) {
        generator in
        let row = try row(machine.run(rounds: rounds, &generator))
        return try #require(row.timeInterval).interval.contains(1e9)
      }
      #expect(covered >= least)
    }
  }

  @Test(
    "a spell in the middle of a run is found in at least 80 % of runs, and nothing in 90 % of steady ones")
  func spells() throws {
    let machine = SimulatedMachine.equal(8)
    let found = try part("a slow spell of 5 of 20 rounds is found", of: 40, seed: 5) { generator in
      var run = machine.run(rounds: 20, &generator)
      for place in run.trials.indices where (8..<13).contains(run.trials[place].round) {
        let region = Double(run.trials[place].report?.region ?? 0)
        run.trials[place].report?.region = UInt64(1.05 * region)
      }
      let drift = try #require(RunAnalysis(run).drift)
      return drift.isShown || drift.isDependent
    }
    #expect(found >= 0.8)
    let steady = try part("a steady machine is called changing", of: 100, seed: 6) { generator in
      let drift = try #require(RunAnalysis(machine.run(rounds: 10, &generator)).drift)
      return drift.isShown || drift.isDependent
    }
    #expect(steady <= 0.12)
  }

  @Test("a constant serial fraction is said to grow or fall in at most 5 % of runs")
  func serialFractions() throws {
    var machine = SimulatedMachine(
      configurations: [(sum("single", 1), 1e9)]
        + [2, 4, 8, 16].map { (sum("fork", $0), 1e9 * (0.1 + 0.9 / Double($0))) })
    machine.effectiveCPUs = 16
    for rounds in [5, 7, 20] {
      let wrong = try part("a constant serial fraction has a trend, \(rounds) rounds", of: 120, seed: 7) {
        generator in
        let scaling = try #require(
          RunAnalysis(machine.run(rounds: rounds, &generator)).workloads.first?.scalings.last)
        let finding = try #require(scaling.serialFraction).finding
        return finding == .grows || finding == .falls
      }
      #expect(wrong <= 0.07)
    }
  }
}
