import Analysis
import Records
import TestSupport
import Testing

struct GateTests {
  @Test(
    "a gate passes if the interval excludes a regression, fails if it shows one, and is inconclusive otherwise",
    arguments: [
      (Gate.Measure.time, 1.02, GateAnswer.Verdict.passed), (.time, 1.05, .failed), (.time, 0.5, .passed),
      (.efficiency, 1, .passed), (.utilization, 1, .passed),
    ])
  func constants(measure: Gate.Measure, slower: Double, verdict: GateAnswer.Verdict) throws {
    let answer = try #require(
      ComparisonRecord(
        between: [
          machine(cores: 2, times: [100, 50]), machine(cores: 2, times: [100 * slower, 50 * slower]),
        ],
        gates: [Gate(measure, limit: 0.03)]
      ).gates.first)
    #expect(answer.verdict == verdict)
    #expect(answer.count == (measure == .efficiency ? 1 : 2))
    #expect(answer.findings.count == (verdict == .passed ? 0 : 2))
    #expect(answer.findings.allSatisfy { $0.verdict == verdict })
  }

  @Test("the efficiency gate compares the loss of several workers, not the speed of one")
  func efficiency() throws {
    func answer(_ times: [Double]) throws -> GateAnswer {
      try #require(
        ComparisonRecord(
          between: [machine(cores: 2, times: [100, 50]), machine(cores: 2, times: times)],
          gates: [Gate(.efficiency, limit: 0.05)]
        ).gates.first)
    }
    #expect(try answer([200, 100]).verdict == .passed)
    #expect(try answer([100, 54]).verdict == .failed)
    #expect(try answer([100, 52]).verdict == .passed)
    #expect(try answer([100, 54]).findings.map(\.configuration) == [sum("fork", 2)])
  }

  @Test("the utilization gate compares busy cores divided by effective CPUs")
  func utilization() throws {
    var idle = machine(cores: 2, times: [100, 50])
    for position in idle.trials.indices {
      idle.trials[position].report?.shares?[0].cpuTime /= 2
    }
    let comparison = ComparisonRecord(
      between: [machine(cores: 2, times: [100, 50]), idle], gates: [Gate(.utilization, limit: 0.05)])
    let answer = try #require(comparison.gates.first)
    #expect(answer.verdict == .failed)
    #expect(answer.findings.allSatisfy { isClose($0.ratio?.value ?? 0, 0.5, 1e-6) })
  }

  @Test("the utilization gate compares nothing between machines with different effective CPUs")
  func otherSize() throws {
    let comparison = ComparisonRecord(
      between: [machine(cores: 2, times: [100, 50]), machine(cores: 4, times: [100, 25])],
      gates: [Gate(.utilization, limit: 0.05), Gate(.time, limit: 0.05)])
    #expect(comparison.gates.map(\.count) == [0, 1])
    #expect(comparison.gates.map(\.verdict) == [.inconclusive, .passed])
    #expect(comparison.changes.allSatisfy { $0.utilization == nil })
  }

  @Test("a gate is inconclusive with few trials, with noise, with only failures, and with nothing to compare")
  func inconclusive() throws {
    let base = machine(cores: 2, times: [100, 50])
    func answer(_ other: RunRecord) throws -> GateAnswer {
      try #require(ComparisonRecord(between: [base, other], gates: [Gate(.time, limit: 0.03)]).gates.first)
    }
    var few = base
    few.trials.removeAll { $0.round > 2 }
    #expect(try answer(few).verdict == .inconclusive)
    var generator = SplitMix64(seed: 72)
    #expect(try answer(machine(cores: 2, times: [100, 50], noise: 0.3, &generator)).verdict == .inconclusive)
    var broken = base
    for position in broken.trials.indices where broken.trials[position].configuration == 1 {
      broken.trials[position].report = nil
      broken.trials[position].failure = "it broke"
    }
    let failed = try answer(broken)
    #expect(failed.verdict == .inconclusive)
    #expect(failed.findings.map(\.ratio) == [nil])
    #expect(try answer(run([stress("fork", 2)], [], effectiveCPUs: 2)).count == 0)
    #expect(try answer(run([stress("fork", 2)], [], effectiveCPUs: 2)).verdict == .inconclusive)
  }

  @Test("a gate fails if one configuration failed, whatever the others show")
  func worst() throws {
    var generator = SplitMix64(seed: 73)
    let noisy = machine(cores: 2, times: [100, 50], noise: 0.3, &generator)
    var mixed = machine(cores: 2, times: [100, 80])
    for position in mixed.trials.indices where mixed.trials[position].configuration == 0 {
      mixed.trials[position] = noisy.trials[position]
    }
    let comparison = ComparisonRecord(
      between: [machine(cores: 2, times: [100, 50]), mixed], gates: [Gate(.time, limit: 0.03)])
    let answer = try #require(comparison.gates.first)
    #expect(Set(answer.findings.map(\.verdict)) == [.failed, .inconclusive])
    #expect(answer.verdict == .failed)
  }
}
