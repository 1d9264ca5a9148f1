import Records
import Testing

@testable import Analysis

/// The bandwidth of `memory` by workers.
struct BandwidthTests {
  private func triad(_ model: String, _ workers: Int, size: UInt64 = 256 << 20, steps: UInt64 = 1_000_000_000)
    -> Configuration
  {
    Configuration(
      model: model, workload: "memory", kernel: "simd", workers: workers, upTo: steps - 1, operation: "triad",
      size: size)
  }

  /// Runs of `single`, and of `threads` whose workers together have so many times its bandwidth.
  private func analysis(_ gains: [(workers: Int, gain: Double)], cpus: Int = 64) -> RunAnalysis {
    let configurations = [triad("single", 1)] + gains.map { triad("threads", $0.workers) }
    return RunAnalysis(
      run(configurations, rounds: 6, effectiveCPUs: cpus) { configuration, round in
        let gain = gains.first { $0.workers == configuration.workers && configuration.model != "single" }
        return 1e9 / (gain?.gain ?? 1) * (1 + 0.001 * Double(round % 3))
      })
  }

  @Test("the bandwidth counts 24 bytes a step of triad, and 16 of copy")
  func bytes() throws {
    let table = try #require(analysis([(1, 1), (2, 1.12)]).workloads.first)
    #expect(abs((table.rows[0].bandwidth ?? 0) / 24e9 - 1) < 0.01)
    var copy = triad("single", 1)
    copy.operation = "copy"
    #expect(
      copy.bytesPerStep == 16 && Configuration(model: "x", workload: "sum", workers: 1).bytesPerStep == nil)
  }

  @Test(
    "more cores are enough from the count beyond which all together add less than a tenth",
    arguments: [
      ([(1, 1), (2, 1.05)], 1), ([(1, 1), (2, 1.5)], nil), ([(1, 1), (2, 2), (4, 2.1), (8, 2.15)], 2),
      ([(1, 1), (2, 1.05), (4, 2)], nil), ([(1, 1), (2, 2), (4, 1.5)], 2),
    ] as [([(Int, Double)], Int?)])
  func enough(gains: [(Int, Double)], workers: Int?) throws {
    let bandwidth = try #require(analysis(gains.map { (workers: $0.0, gain: $0.1) }).bandwidth)
    #expect(bandwidth.points.map(\.workers) == gains.map(\.0))
    #expect(bandwidth.enough?.workers == workers)
    let reference = gains.first { $0.0 == workers ?? 1 }?.1 ?? 1
    #expect(abs(bandwidth.gain / ((gains.last?.1 ?? 1) / reference) - 1) < 0.02)
    #expect(bandwidth.interval?.contains(bandwidth.gain) == true)
  }

  @Test("one worker count shows no scaling, and neither does a run without memory")
  func absent() {
    #expect(analysis([]).bandwidth == nil)
    #expect(RunAnalysis(run([sum("single", 1), sum("fork", 2)], rounds: 5) { _, _ in 1e9 }).bandwidth == nil)
  }

  @Test("large arrays of different sizes are compared, and small ones only with their own size")
  func matching() {
    let large = [triad("single", 1), triad("single", 1, size: 1 << 30, steps: 2_000_000_000)]
    #expect(large[0].matched == large[1].matched)
    let small = [triad("single", 1, size: 1 << 14), triad("single", 1, size: 1 << 15)]
    #expect(small[0].matched != small[1].matched && small[0].matched != large[0].matched)
  }

  @Test("a comparison has the gain of memory apart from that of computing")
  func verticalGains() {
    func machine(_ cpus: Int, perCore: Double, memory: Double) -> RunRecord {
      run(
        [
          sum("single", 1), sum("threads", cpus), triad("single", 1),
          triad("threads", cpus, size: UInt64(cpus) << 28),
        ],
        rounds: 6, effectiveCPUs: cpus
      ) { configuration, round in
        let noise = 1 + 0.001 * Double(round)
        if configuration.operation == nil { return 1e9 / perCore / Double(configuration.workers) * noise }
        return 1e9 / (configuration.workers > 1 ? memory : 1) * noise
      }
    }
    let (one, two) = (machine(2, perCore: 1, memory: 1.2), machine(4, perCore: 1.5, memory: 1.8))
    let comparison = ComparisonRecord([[one], [two]], [.init(one, name: "A"), .init(two, name: "B")])
    let gains = comparison.gains.map {
      ($0.configuration.workName, $0.gain.value, $0.cores, $0.efficiency?.value)
    }
    #expect(gains.map(\.0) == ["sum", "memory triad"])
    #expect(abs(gains[0].1 / 3 - 1) < 0.01 && abs(gains[1].1 / 1.5 - 1) < 0.01)
    // Twice the cores with 1.5 times the bandwidth: the efficiency fell to three quarters.
    #expect(gains[1].2 == 2 && abs((gains[1].3 ?? 0) / 0.75 - 1) < 0.01)
  }
}
