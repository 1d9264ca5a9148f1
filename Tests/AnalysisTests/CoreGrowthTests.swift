import Records
import Testing

@testable import Analysis

/// The gain of the last doubling of workers, and the one that twice the cores would bring.
struct CoreGrowthTests {
  /// A run with so many CPUs in which a part of the work is serial.
  private func scaled(
    _ counts: [Int], cpus: Int, part: Double, usableCores: Int? = nil
  ) -> RunRecord {
    let configurations = [sum("single", 1)] + counts.map { sum("fork", $0) }
    var made = AnalysisTests.run(configurations, rounds: 6, effectiveCPUs: cpus) { configuration, round in
      let step = (3 * configuration.workers + 5 * round) % 7 - 3
      let noise = 1 + 0.002 * Double(step)
      let time: Double = 1e9 * (part + (1 - part) / Double(configuration.workers))
      return time * noise
    }
    made.passport.topology = usableCores.map { Passport.Topology(usableCores: $0, threadsPerCore: 2) }
    return made
  }

  /// The gain with a serial part of 0.02.
  private static func growth(from fewer: Double, to more: Double) -> Double {
    let times: [Double] = [fewer, more].map { 0.02 + 0.98 / $0 }
    return times[0] / times[1]
  }

  @Test("the last doubling is that of the most workers, with an interval that holds the true gain")
  func last() throws {
    let growth = try #require(RunAnalysis(scaled([1, 2, 4, 8, 16], cpus: 16, part: 0.02)).growth)
    let step = try #require(growth.last)
    #expect(step.from == 8 && step.to == 16)
    let truth = Self.growth(from: 8, to: 16)
    #expect(abs(step.factor - truth) < 0.02)
    #expect(try #require(step.interval).contains(truth))
  }

  @Test("twice the cores are extrapolated by the law that fits, with an interval that holds the truth")
  func twice() throws {
    let growth = try #require(RunAnalysis(scaled([1, 2, 4, 8, 16], cpus: 16, part: 0.02)).growth)
    guard case .extrapolated(_, let interval, let laws) = growth.outlook else {
      Issue.record("\(String(describing: growth.outlook))")
      return
    }
    #expect(growth.cores == 16 && laws.contains(.amdahl))
    #expect(interval.contains(Self.growth(from: 16, to: 32)))
    #expect(interval.upper <= 2)
  }

  @Test("two worker counts are too few to say what twice the cores would bring")
  func tooFew() throws {
    let growth = try #require(RunAnalysis(scaled([1, 2], cpus: 2, part: 0.02)).growth)
    #expect(growth.outlook == .tooFewCounts(needed: 3, found: 2))
    #expect(growth.last?.from == 1 && growth.last?.to == 2)
  }

  @Test("physical cores are doubled, and workers beyond them are not part of the law")
  func physicalCores() throws {
    let analysis = RunAnalysis(scaled([1, 2, 4, 8, 16], cpus: 16, part: 0.02, usableCores: 8))
    let growth = try #require(analysis.growth)
    #expect(growth.cores == 8 && growth.last?.to == 16)
    let scaling = try #require(analysis.workloads.first?.scalings.first)
    #expect(scaling.fit.points.map(\.workers) == [1, 2, 4, 8])
  }

  @Test("single alone says nothing about more cores")
  func single() {
    #expect(RunAnalysis(scaled([], cpus: 4, part: 0)).growth == nil)
  }

  @Test("the ideal has the slope of each kind of core, and ends at the CPUs")
  func kinds() {
    let plain = CoreShape(cpus: 4)
    #expect(plain.bends.isEmpty && plain.ideal(at: 3) == 3 && plain.ideal(at: 9) == 4)
    var hybrid = scaled([1, 2], cpus: 6, part: 0)
    hybrid.passport.topology = Passport.Topology(kinds: [
      .init(name: "performance", cpus: 2), .init(name: "efficiency", cpus: 4),
    ])
    let shape = RunAnalysis(hybrid).shape
    #expect(shape.bends == [CoreShape.Bend(workers: 2, kind: "performance")])
    // Slower cores count as fast ones until they are measured.
    #expect(shape.ideal(at: 2) == 2 && shape.ideal(at: 6) == 6 && shape.ideal(at: 8) == 6)
  }
}
