import Foundation
import Records
import TestSupport
import Testing

@testable import Analysis

struct GranularityTests {
  /// A record in which a chunk costs `overhead` nanoseconds beside its work, and a number one.
  private func record(overhead: Double, grains: [UInt64], workers: Int = 2, rounds: Int = 3)
    -> GranularityRecord
  {
    let upTo: UInt64 = 1 << 20
    let passport = Passport(
      architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3")
    var record = GranularityRecord(
      host: "h", startedAt: "2026-01-02T03:04:05Z", passport: passport, workers: workers, upTo: upTo)
    // Every round is slower than the last, and the first region of each far slower.
    let slowness = (1...rounds).map { Double($0) }
    record.single = slowness.map { regions(Double(upTo) * $0) }
    var model = GranularityRecord.Model(model: "m")
    model.points = grains.map { grain in
      let time = Double(upTo) / Double(workers) * (1 + overhead / Double(grain))
      return .init(grain: grain, regions: slowness.map { regions(time * $0) })
    }
    record.models = [model]
    return record
  }

  private func regions(_ time: Double) -> [UInt64] {
    [UInt64(time * 50), UInt64(time), UInt64(time), UInt64(time)]
  }

  private let powers = (0...16).reversed().map { UInt64(1) << $0 }

  @Test(
    "METG is the chunk whose work takes as long as scheduling it", arguments: [3.0, 100, 1500, 30_000])
  func metg(overhead: Double) throws {
    let summary = try #require(record(overhead: overhead, grains: powers).summarised().summary?.first)
    let metg = try #require(summary.metg)
    #expect(abs(metg / (2 * overhead) - 1) < 0.02, "in the median round a number takes 2 ns")
    #expect(summary.points.map(\.grain) == powers)
    for point in summary.points {
      #expect(abs(point.efficiency - 1 / (1 + overhead / Double(point.grain))) < 0.001)
      #expect(abs(point.grainTime / (2 * Double(point.grain)) - 1) < 0.001, "of the median round, the second")
    }
  }

  @Test("METG is absent if every chunk is efficient enough, or none is")
  func undefined() {
    #expect(record(overhead: 0.1, grains: powers).summarised().summary?.first?.metg == nil)
    #expect(record(overhead: 1e9, grains: powers).summarised().summary?.first?.metg == nil)
    #expect(record(overhead: 10, grains: []).summarised().summary?.first?.metg == nil)
  }

  @Test("METG is the smallest efficient chunk, even if a larger one was disturbed")
  func disturbed() throws {
    let points = [(8, 0.9), (4, 0.4), (2, 0.6), (1, 0.4)].map { grain, efficiency in
      GranularityRecord.Summary.Point(
        grain: UInt64(grain), grainTime: Double(grain), efficiency: efficiency)
    }
    let metg = try #require(minimumEffectiveGranularity(points, at: 0.5))
    #expect(abs(metg - 2.squareRoot()) < 1e-12)
  }

  @Test("the cost of an empty region is given for first use and steady state, and per chunk in core time")
  func nothing() throws {
    var record = record(overhead: 10, grains: powers, workers: 4)
    record.models[0].emptyRegion = [[900, 10, 30, 20], [700, 5, 5, 5], [800, 40, 40, 40]]
    record.models[0].emptyChunks = [[1, 5000, 5000], [1, 7000, 7000]]
    record.models[0].emptyChunkCount = 1000
    let summary = try #require(record.summarised().summary?.first)
    #expect(summary.firstEmptyRegion == 800)
    #expect(summary.emptyRegion == 20)
    #expect(summary.emptyChunk == 24)
  }

  /// A record of five rounds with empty regions and chunks, before and after its summary.
  private func summary(_ change: (inout GranularityRecord) -> Void) throws -> (
    GranularityRecord, GranularityRecord.Summary
  ) {
    var record = record(overhead: 100, grains: powers, rounds: 5)
    record.models[0].emptyRegion = Array(repeating: [9, 5], count: 5)
    record.models[0].emptyChunks = Array(repeating: [9, 5], count: 5)
    record.models[0].emptyChunkCount = 10
    change(&record)
    return (record, try #require(record.summarised().summary?.first))
  }

  @Test("a grain of which other programs disturbed half of the rounds is withheld, and METG with it")
  func withheldGrain() throws {
    let (_, quiet) = try summary { _ in }
    for disturbed in 0...5 {
      let (record, summary) = try summary { $0.models[0].points[3].disturbed = disturbed }
      let isWithheld = disturbed > 2
      #expect(summary.points == quiet.points.filter { !isWithheld || $0.grain != powers[3] })
      #expect(summary.metg == (isWithheld ? nil : quiet.metg))
      #expect(summary.emptyRegion == 5 && summary.firstEmptyRegion == 9 && summary.emptyChunk == 1)
      #expect(record.withholdsMETG(of: record.models[0]) == isWithheld)
      #expect(record.withholdsSome == isWithheld)
      #expect(record.disturbedSamples == (disturbed, 5 * (powers.count + 3)))
    }
  }

  @Test("exactly half of the rounds are too many")
  func half() {
    for (rounds, disturbed) in [(1, 1), (2, 1), (4, 2), (10, 5)] {
      var record = record(overhead: 100, grains: powers, rounds: rounds)
      record.models[0].points[3].disturbed = disturbed
      #expect(record.summarised().summary?[0].metg == nil)
      record.models[0].points[3].disturbed = disturbed - 1
      #expect(record.summarised().summary?[0].metg != nil)
    }
  }

  @Test("rounds with a disturbed single count as disturbed everywhere")
  func withheldSingle() throws {
    let (record, all) = try summary { $0.singleDisturbed = 3 }
    #expect(all.points.isEmpty && all.metg == nil)
    #expect(all.emptyRegion == nil && all.firstEmptyRegion == nil && all.emptyChunk == nil)
    #expect(record.disturbedSamples.disturbed == 3)
    let (_, few) = try summary { $0.singleDisturbed = 2 }
    #expect(few.metg != nil && few.emptyRegion == 5)
    let (_, both) = try summary {
      ($0.singleDisturbed, $0.models[0].points[16].disturbed) = (1, 2)
    }
    #expect(both.points.count == powers.count - 1 && both.metg == nil && both.emptyRegion == 5)
  }

  @Test("empty regions and chunks that other programs disturbed are withheld without the METG")
  func withheldNothing() throws {
    let (record, summary) = try summary {
      ($0.models[0].emptyRegionDisturbed, $0.models[0].emptyChunksDisturbed) = (3, 4)
    }
    #expect(summary.emptyRegion == nil && summary.firstEmptyRegion == nil && summary.emptyChunk == nil)
    #expect(summary.metg != nil && record.withholdsSome && !record.withholdsMETG(of: record.models[0]))
    #expect(record.disturbedSamples.disturbed == 7)
  }

  @Test("a model without measurements has an empty summary")
  func unmeasured() throws {
    var record = record(overhead: 10, grains: powers)
    record.models = [.init(model: "given-up")]
    let summary = try #require(record.summarised().summary?.first)
    #expect(summary.points.isEmpty && summary.metg == nil)
    #expect(summary.emptyRegion == nil && summary.firstEmptyRegion == nil && summary.emptyChunk == nil)
  }
}
