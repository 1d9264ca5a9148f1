import Analysis
import Foundation
import Records
import Testing

@testable import Report

/// Reports of a run with 2 CPUs that was measured, and of two with 16 and 64 that were made from it.
struct MadeRunTests {
  static let machines = [(2, 2), (16, 16), (64, 32)]

  static func run(_ cpus: Int, _ physicalCores: Int) throws -> RunRecord {
    cpus == 2 ? try referenceRun() : try madeRun(cpus: cpus, physicalCores: physicalCores)
  }

  @Test("the first screens of runs with 2, 16 and 64 CPUs match their golden files", arguments: machines)
  func screens(cpus: Int, physicalCores: Int) throws {
    let run = try Self.run(cpus, physicalCores)
    try compare(
      runSummary(of: run, style: .init(width: 80)) + "\n\n" + runDetails(of: run, style: .init(width: 120)),
      "made-\(cpus).txt")
  }

  @Test("the speedups of runs with 2, 16 and 64 CPUs match their golden files", arguments: machines)
  func pictures(cpus: Int, physicalCores: Int) throws {
    let pictures = svgPictures(of: [try Self.run(cpus, physicalCores)])
    for name in ["sum-scalar-speedup", "sum-scalar-efficiency"] {
      let picture = try #require(pictures.first { $0.name == name })
      try compare(picture.svg, "made-\(cpus)-\(name).svg")
    }
  }

  @Test("whether twice the cores are worth it is in the first 24 lines of the report", arguments: machines)
  func decision(cpus: Int, physicalCores: Int) throws {
    let screen = runSummary(of: try Self.run(cpus, physicalCores), style: .init(width: 80))
      .split(separator: "\n", omittingEmptySubsequences: false).prefix(24).joined(separator: "\n")
    #expect(screen.contains("Last doubling, \(cpus / 2) → \(cpus) CPUs"), "\(screen)")
    #expect(screen.contains("Twice the cores, \(physicalCores) → \(2 * physicalCores): "))
  }

  @Test("laws are fitted up to the physical cores, and the ideal bends there")
  func physicalCores() throws {
    let analysis = RunAnalysis(try madeRun(cpus: 64, physicalCores: 32))
    let table = try #require(analysis.workloads.first)
    #expect(table.scalings.allSatisfy { $0.samples.allSatisfy { $0.workers <= 32 } })
    #expect(analysis.shape.bends.map(\.workers) == [32])
    #expect(analysis.shape.ideal(at: 16) == 16 && analysis.shape.ideal(at: 32) == 32)
    let best = analysis.shape.ideal(at: 64)
    #expect(best > 35 && best < 45 && analysis.shape.ideal(at: 96) == best)
  }

  @Test("more workers than physical cores are not called slower if they were faster")
  func contradiction() throws {
    let text = runDetails(of: try madeRun(cpus: 64, physicalCores: 32))
    #expect(!text.contains("use one worker per physical core"))
    #expect(!text.contains("serial work of that size"))
  }

  @Test("the gain of a machine with two CPUs a core is per core × cores × SMT × efficiency")
  func gainWithSMT() throws {
    let runs = [try referenceRun(), try madeRun(cpus: 64, physicalCores: 32)]
    let described = zip(["A", "B"], runs).map { ComparisonRecord.Run($1, name: $0) }
    let comparison = ComparisonRecord(runs.map { [$0] }, described)
    let gain = try #require(comparison.gains.first { $0.configuration.upTo != nil })
    #expect(gain.cores == 16 && gain.workers == 64)
    let (perCore, smt, efficiency) = (
      try #require(gain.perCore), try #require(gain.smt), try #require(gain.efficiency)
    )
    #expect(smt.value > 1.15 && smt.value < 1.3)
    #expect(abs(perCore.value * gain.cores * smt.value * efficiency.value / gain.gain.value - 1) < 1e-9)
    #expect(comparisonText(of: comparison, hasDetails: true).contains("SMT"))
  }

  /// `SCALEUP_PAGES=DIRECTORY swift test` writes the pages there, for a person to look at.
  @Test("the page of every machine has the decision above the sections", arguments: machines)
  func pages(cpus: Int, physicalCores: Int) throws {
    let run = try Self.run(cpus, physicalCores)
    let page = htmlReport(of: [(run, String(decoding: try JSONEncoder().encode(run), as: UTF8.self))])
    if let directory = ProcessInfo.processInfo.environment["SCALEUP_PAGES"] {
      try page.write(toFile: "\(directory)/made-\(cpus).html", atomically: true, encoding: .utf8)
    }
    let decision = try #require(try parseXML(page).all("header").first?.all("dl").first)
    #expect(decision.all("dt").count == 3 && decision.all("dd").count == 3)
  }
}
