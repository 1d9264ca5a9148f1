import Analysis
import Records
import TestSupport
import Testing

/// The error rates of comparisons and gates, counted over fabricated runs.
struct ComparisonSimulation {
  private func changed(_ machine: SimulatedMachine, by factors: [Int: Double]) -> SimulatedMachine {
    var machine = machine
    for (position, factor) in factors { machine.configurations[position].time *= factor }
    return machine
  }

  @Test("of 28 unchanged configurations, any is called faster or slower in at most 5 % of comparisons")
  func unchanged() {
    for rounds in [5, 10, 20] {
      let wrong = part("some of 28 configurations differs, \(rounds) rounds", of: 30, seed: 21) { generator in
        let machine = SimulatedMachine.equal(28)
        return ComparisonRecord(
          between: (0..<2).map { _ in machine.run(rounds: rounds, &generator) }
        ).changes.contains { $0.finding != nil }
      }
      #expect(wrong <= 0.05)
    }
  }

  @Test(
    "with a session effect of 3 % and three runs a side, any is called different in at most 10 % of comparisons"
  )
  func sessions() {
    for isShared in [true, false] {
      var machine = SimulatedMachine.equal(28)
      if isShared { machine.sessionEffect = 0.03 } else { machine.configurationEffect = 0.03 }
      let wrong = part(
        "three runs a side, a \(isShared ? "shared" : "separate") session effect", of: 30, seed: 22
      ) {
        generator in
        let sides = (0..<2).map { _ in (0..<3).map { _ in machine.run(rounds: 5, &generator) } }
        return ComparisonRecord(betweenSides: sides).changes.contains { $0.finding != nil }
      }
      #expect(wrong <= 0.1)
    }
  }

  @Test("a difference of 10 % is found in 95 % of comparisons of 10 rounds, also beside 27 others")
  func power() {
    let machine = SimulatedMachine.equal(28)
    let found = part("a change of 10 % is found", of: 30, seed: 23) { generator in
      let comparison = ComparisonRecord(between: [
        machine.run(rounds: 10, &generator), changed(machine, by: [3: 1.1]).run(rounds: 10, &generator),
      ])
      return comparison.changes[3].finding == .slower
    }
    #expect(found >= 0.95)
  }

  @Test("an unchanged configuration of a changing machine is called different in at most 20 % of comparisons")
  func dependentRounds() {
    var machine = SimulatedMachine.equal(8)
    (machine.noise, machine.roundNoise, machine.memory, machine.effectiveCPUs) = (0.002, 0.02, 0.8, 8)
    for rounds in [10, 20] {
      let wrong = part("a changing machine, \(rounds) rounds", of: 50, seed: 24) { generator in
        ComparisonRecord(between: (0..<2).map { _ in machine.run(rounds: rounds, &generator) }).changes[0]
          .finding != nil
      }
      #expect(wrong <= 0.2)
    }
  }

  private func verdicts(
    _ what: String, of few: Int, factors: [Int: Double], limit: Double, rounds: Int
  ) throws -> [GateAnswer.Verdict: Double] {
    var counts: [GateAnswer.Verdict: Double] = [:]
    var generator = SplitMix64(seed: 25)
    let machine = SimulatedMachine.equal(7)
    for _ in 0..<repetitions(few) {
      let runs = [
        machine.run(rounds: rounds, &generator),
        changed(machine, by: factors).run(rounds: rounds, &generator),
      ]
      let answer = try #require(
        ComparisonRecord(between: runs, gates: [Gate(.time, limit: limit)]).gates.first)
      counts[answer.verdict, default: 0] += 1
    }
    let parts = counts.mapValues { $0 / Double(repetitions(few)) }
    print("\(what): \(parts.map { "\($0.key) \(100 * $0.value) %" }.sorted().joined(separator: ", "))")
    return parts
  }

  @Test("a gate passes an unchanged machine in 95 % of comparisons, and fails at its limit in at most 2 %")
  func gates() throws {
    let unchanged = try verdicts(
      "time:5%, unchanged, 15 rounds", of: 50, factors: [:], limit: 0.05, rounds: 15)
    #expect(unchanged[.passed, default: 0] >= 0.9 && unchanged[.failed, default: 0] <= 0.02)
    let all = Dictionary(uniqueKeysWithValues: (0..<7).map { ($0, 1.03) })
    let limit = try verdicts(
      "time:3%, all 3 % slower, 10 rounds", of: 50, factors: all, limit: 0.03, rounds: 10)
    #expect(limit[.failed, default: 0] <= 0.02 && limit[.passed, default: 0] <= 0.05)
    let within = try verdicts(
      "time:5%, all 3 % slower, 10 rounds", of: 50, factors: all, limit: 0.05, rounds: 10)
    #expect(within[.failed, default: 0] <= 0.02)
    let one = try verdicts(
      "time:5%, one 10 % slower, 20 rounds", of: 30, factors: [3: 1.1], limit: 0.05, rounds: 20)
    #expect(one[.failed, default: 0] >= 0.9)
  }
}
