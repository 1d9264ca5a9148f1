import Analysis
import Records
import TestSupport
import Testing

/// The frequency with which a wrong law is called the closest, counted over fabricated runs.
struct LawSimulation {
  private static let laws: [(name: ScalingLaw, speedup: @Sendable (Double) -> Double, most: Double)] = [
    (.amdahl, { $0 / (1 + 0.05 * ($0 - 1)) }, 0.08),
    (.gustafson, { $0 - 0.05 * ($0 - 1) }, 0.1),
    (.gustafson, { $0 - 0.3 * ($0 - 1) }, 0.05),
    (.usl, { $0 / (1 + 0.03 * ($0 - 1) + 0.004 * $0 * ($0 - 1)) }, 0.2),
  ]

  @Test("a wrong law is called the closest in few runs, where least residuals would err in 30 to 60 %")
  func closest() throws {
    for counts in [[1, 2, 4, 8, 12, 16], Array(1...16)] {
      for (law, speedup, most) in Self.laws {
        var machine = SimulatedMachine(
          configurations: [(sum("single", 1), 1e9)]
            + counts.map { (sum("fork", $0), 1e9 / speedup(Double($0))) })
        machine.effectiveCPUs = 16
        let wrong = try part(
          "\(law) with \(counts.count) worker counts is called another law", of: 40, seed: 31
        ) {
          generator in
          let scaling = try #require(
            RunAnalysis(machine.run(rounds: 1, &generator)).workloads.first?.scalings.last)
          // Of a fixed amount of work, a run does not consider Gustafson's law.
          let samples = scaling.fit.points.map {
            ScalingSample(workers: $0.workers, throughput: $0.throughput)
          }
          return ScalingFit(samples).closest.map { $0.law != law } ?? false
        }
        #expect(wrong <= most)
      }
    }
  }
}
