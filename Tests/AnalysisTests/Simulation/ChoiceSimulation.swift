import Analysis
import Records
import TestSupport
import Testing

/// The frequency with which the verdict on the fastest model is right, counted over fabricated runs.
struct ChoiceSimulation {
  @Test(
    "of four equal models, any one is named or tied in 95 % of runs, and the interval of the named one holds its truth"
  )
  func equalModels() throws {
    for (noise, rounds) in [(0.02, 5), (0.02, 10), (0.08, 10), (0.02, 30)] {
      var machine = SimulatedMachine.models([1, 1, 1, 1])
      machine.noise = noise
      var (above, covered) = (0, 0)
      let what = "of equal models with a noise of \(noise) in \(rounds) rounds, one is neither named nor tied"
      let count = 80
      let missed = try part(what, of: count, seed: 11) { generator in
        let leader = try #require(RunAnalysis(machine.run(rounds: rounds, &generator)).fastest)
        if try #require(leader.row.speedup) > 2 { above += 1 }
        if try #require(leader.speedupInterval).contains(2) { covered += 1 }
        return !([leader.row] + leader.tied).contains { $0.configuration.model == "fork" }
      }
      let all = Double(repetitions(count))
      print(
        "the named one is above its truth in \(100 * Double(above) / all) %, covered in \(100 * Double(covered) / all) %"
      )
      #expect(missed <= 0.05 && Double(covered) / all >= 0.95)
    }
  }

  @Test(
    "the truly best model is named or tied in 95 % of runs, and one that is 10 % slower is not tied after 10 rounds"
  )
  func unequalModels() throws {
    let machine = SimulatedMachine.models([1, 1.01, 1.02, 1.1])
    var tied = 0
    let missed = try part("the best of unequal models is neither named nor tied", of: 80, seed: 12) {
      generator in
      let leader = try #require(RunAnalysis(machine.run(rounds: 10, &generator)).fastest)
      if leader.tied.contains(where: { $0.configuration.model == "threads" }) { tied += 1 }
      return !([leader.row] + leader.tied).contains { $0.configuration.model == "fork" }
    }
    #expect(missed <= 0.05 && Double(tied) <= 0.1 * Double(repetitions(80)))
  }
}
