import Records
import Testing

@testable import Analysis

/// A made machine with 8 performance cores of two CPUs each and 16 efficiency cores of half the speed.
struct HybridTests {
  /// The speed of so many workers: on performance cores first, then on efficiency cores, then two on a performance core.
  private func speed(_ workers: Int) -> Double {
    let fast = Double(min(workers, 8))
    let slow = Double(min(max(workers - 8, 0), 16))
    let shared = Double(max(workers - 24, 0))
    return fast + slow / 2 + shared / 2
  }

  private func placed(_ workers: Int, _ placement: String?) -> Configuration {
    Configuration(model: "threads", workload: "sum", workers: workers, placement: placement, upTo: 999_999)
  }

  /// A run of `fork` with a serial part of 0.02 and, if kinds are compared, of `threads` without one.
  private func hybrid(comparesKinds: Bool) -> RunRecord {
    let placements: [Configuration] =
      comparesKinds
      ? [placed(32, nil), placed(24, "cores"), placed(8, "performance"), placed(16, "efficiency")] : []
    let configurations = [sum("single", 1)] + [1, 2, 4, 8, 16, 32].map { sum("fork", $0) } + placements
    var made = run(configurations, rounds: 6, effectiveCPUs: 32) { configuration, round in
      let step = (3 * configuration.workers + 5 * round) % 7 - 3
      let noise = 1 + 0.002 * Double(step)
      switch (configuration.model, configuration.placement) {
      case ("threads", "efficiency"): return 1e9 / 8
      case ("threads", _): return 1e9 / self.speed(configuration.workers)
      default: return 1e9 * (0.02 + 0.98 / self.speed(configuration.workers)) * noise
      }
    }
    made.passport.topology = Passport.Topology(
      physicalCores: 24, usableCores: 24, threadsPerCore: 2,
      siblings: (0..<8).map { "\(2 * $0),\(2 * $0 + 1)" }.joined(separator: " "),
      kinds: [
        .init(name: "performance", cpus: 16, list: "0-15"),
        .init(name: "efficiency", cpus: 16, list: "16-31"),
      ])
    return made
  }

  @Test("laws are fitted up to the fast cores, and those are doubled")
  func law() throws {
    for comparesKinds in [false, true] {
      let analysis = RunAnalysis(hybrid(comparesKinds: comparesKinds))
      let workload = try #require(analysis.workloads.first)
      let scaling = try #require(workload.scalings.first { $0.configuration.model == "fork" })
      #expect(scaling.fit.points.map(\.workers) == [1, 2, 4, 8])
      #expect(try #require(scaling.fit.fit(of: .amdahl)?[.f]).interval.contains(0.02))
      #expect(
        workload.fastCores == KindOfCores(name: "performance", cores: 8) && workload.physicalCores == 24)
    }
    let growth = try #require(RunAnalysis(hybrid(comparesKinds: false)).growth)
    #expect(growth.cores == 8 && growth.kind == "performance" && growth.allCores == 24)
    #expect(growth.last?.from == 16 && growth.last?.to == 32)
  }

  @Test(
    "the ideal bends at the fast cores by the measured speed of the slow ones, and at the physical cores by SMT"
  )
  func shape() {
    let shape = RunAnalysis(hybrid(comparesKinds: true)).shape
    #expect(
      shape.bends == [
        CoreShape.Bend(workers: 8, kind: "performance"), CoreShape.Bend(workers: 24, kind: nil),
      ])
    for workers in [1, 8, 12, 24, 32] {
      #expect(abs(shape.ideal(at: Double(workers)) - speed(workers)) < 1e-6)
    }
    // Slower cores count as fast ones, and second workers of a core add nothing, until they are measured.
    let unknown = RunAnalysis(hybrid(comparesKinds: false)).shape
    #expect(unknown.bends == shape.bends && unknown.ideal(at: 24) == 24 && unknown.ideal(at: 32) == 24)
  }

  @Test("workers that are put on the slow cores have laws up to those")
  func slowKind() throws {
    var made = hybrid(comparesKinds: false)
    for position in made.plan.configurations.indices.dropFirst() {
      made.plan.configurations[position].placement = "efficiency"
    }
    let scaling = try #require(RunAnalysis(made).workloads.first?.scalings.first)
    #expect(scaling.fit.points.map(\.workers) == [1, 2, 4, 8, 16])
  }

  @Test("kinds whose numbers of cores are unknown leave the physical cores as the limit of laws")
  func unknownKinds() throws {
    var made = hybrid(comparesKinds: false)
    made.passport.topology?.siblings = nil
    let analysis = RunAnalysis(made)
    #expect(
      analysis.measured.kinds.isEmpty && analysis.shape.bends == [CoreShape.Bend(workers: 24, kind: nil)])
    #expect(
      try #require(analysis.workloads.first?.scalings.first).fit.points.map(\.workers) == [1, 2, 4, 8, 16])
  }
}
