import Analysis
import Foundation
import Records
import TestSupport
import Testing

@testable import Harness

/// The frequency with which a gate decides within two minutes, counted over fabricated runs of two suites in the same
/// rounds.
///
/// `SCALEUP_SIMULATIONS=20` repeats the runs 20 times as often.
struct GateRunSimulation {
  private final class Machine {
    var now: UInt64 = 0
    var generator: SplitMix64
    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// A trial of a true time, whose logarithm has normal noise.
    func trial(_ time: Double, noise: Double) -> TrialOutcome {
      let region = time * exp(generator.normal(0, noise))
      now += UInt64(region + 15e6)
      return .measured(
        processRecord(wall: UInt64(region + 15e6)),
        TrialRecord(result: ExactInteger(0), region: UInt64(region)))
    }
  }

  /// As many configurations as a default run has on two CPUs.
  private static let configurations =
    ["scalar", "simd", "avx2"].flatMap { kernel in
      [
        ("single", 1), ("fork", 1), ("fork", 2), ("threads", 1), ("threads", 2), ("dispatch", 1),
        ("dispatch", 2),
      ].map {
        Configuration(model: $0.0, workload: "sum", kernel: kernel, workers: $0.1, upTo: 1000)
      }
    } + [Configuration(model: "taskgroup", workload: "sum", workers: 2, upTo: 1000)]

  /// Returns the answers of `time:5%` to so many runs of two minutes, with one configuration of the new suite slower by a
  /// factor.
  private func answers(_ few: Int, slower: Double, noise: Double) throws -> [GateAnswer.Verdict: Double] {
    let count = few * (ProcessInfo.processInfo.environment["SCALEUP_SIMULATIONS"].flatMap { Int($0) } ?? 1)
    let gate = Gate(.time, limit: 0.05)
    var plan = Plan(configurations: Self.configurations, trials: 5, warmUps: 1, seed: 1)
    plan.budget = 120_000_000_000
    var (counts, seconds): ([GateAnswer.Verdict: Int], Double) = ([:], 0)
    for seed in 0..<count {
      let machine = Machine(seed: UInt64(seed))
      let slow = Self.configurations[4]
      let runners = [slower, 1].map { factor in
        MockRunner { configuration, _ in
          machine.trial(
            1.5e8 * (configuration == slow ? factor : 1), noise: noise)
        }
      }
      var loop = RunLoop(
        runners[0], beside: runners[1], plan, refinement: .toGates([gate], baseline: nil), timeout: 1,
        estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 2), now: { machine.now })
      var runs = [newRun(plan), newRun(plan)]
      for position in runs.indices { runs[position].sharesRounds = true }
      try loop.carryOut(willTry: { _ in }, didTry: { runs[$1].trials.append($0) })
      let comparison = ComparisonRecord(
        [[runs[1]], [runs[0]]], [.init(runs[1], name: "A"), .init(runs[0], name: "B")], gates: [gate])
      counts[try #require(comparison.gates.first).verdict, default: 0] += 1
      seconds += Double(machine.now) / 1e9 / Double(count)
    }
    let parts = counts.mapValues { Double($0) / Double(count) }
    let text = parts.map { "\($0.key) \(100 * $0.value) %" }.sorted().joined(separator: ", ")
    print(
      "time:5%, one slower by \(slower), noise \(noise): \(text) of \(count), \(seconds.rounded()) s on average"
    )
    return parts
  }

  @Test("of unchanged suites, a gate passes at least 90 % within two minutes, and fails at most 2 %")
  func unchanged() throws {
    for noise in [0.01, 0.02] {
      let parts = try answers(10, slower: 1, noise: noise)
      #expect(parts[.passed, default: 0] >= 0.9 && parts[.failed, default: 0] <= 0.02)
    }
  }

  @Test(
    "a configuration that is slower by the limit itself passes in at most 10 % of runs, and fails in at most 2 %"
  )
  func atTheLimit() throws {
    for noise in [0.01, 0.02] {
      let parts = try answers(20, slower: 1.05, noise: noise)
      #expect(parts[.passed, default: 0] <= 0.1 && parts[.failed, default: 0] <= 0.05)
    }
  }

  @Test("a configuration that is slower by 10 % fails the gate in at least 90 % of runs")
  func slower() throws {
    let parts = try answers(10, slower: 1.1, noise: 0.02)
    #expect(parts[.failed, default: 0] >= 0.9)
  }
}
