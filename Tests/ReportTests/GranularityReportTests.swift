import Records
import Testing

@testable import Report

struct GranularityReportTests {
  private var record: GranularityRecord {
    var record = GranularityRecord(
      host: "example", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        processor: "Fast Chip", architecture: "x86_64", onlineCPUs: 2, effectiveCPUs: 2, kernel: "Linux 6",
        swift: "6.3"), workers: 2, upTo: 200_000_000)
    record.single = [[1, 2], [1, 2], [1, 2]]
    record.models = ["fork", "dispatch", "bare"].map { GranularityRecord.Model(model: $0) }
    func points(_ efficiencies: [(UInt64, Double)]) -> [GranularityRecord.Summary.Point] {
      efficiencies.map { .init(grain: $0, grainTime: Double($0) * 0.28, efficiency: $1) }
    }
    record.summary = [
      .init(
        model: "fork", points: points([(1024, 0.62), (512, 0.21)]), metg: 243.7, firstEmptyRegion: 640_000,
        emptyRegion: 15_040, emptyChunk: 8827),
      .init(
        model: "dispatch", points: points([(1024, 0.99), (512, 0.98), (256, 0.4)]), metg: 91,
        firstEmptyRegion: 58_840, emptyRegion: 196, emptyChunk: 5.2),
      .init(
        model: "bare", points: [], metg: nil, firstEmptyRegion: 42_400, emptyRegion: 1607, emptyChunk: nil),
    ]
    return record
  }

  @Test("the granularity report has a row per grain, and a row per model for an empty region")
  func golden() throws {
    try compare(granularityReport(of: record), "granularity.txt")
  }

  @Test("failures come first, one line each")
  func failures() {
    var record = record
    record.models[2].failure = "bare broke\nin two \u{1B}[31mlines"
    let lines = granularityReport(of: record).split(separator: "\n")
    #expect(lines[0] == "FAILED: bare broke\u{FFFD}in two \u{FFFD}[31mlines")
    #expect(lines[1].hasPrefix("scaleup "))
  }

  @Test("a sweep without grains has no table of grains")
  func nothingSwept() {
    var record = record
    record.summary = record.summary.map { Array($0.suffix(1)) }
    #expect(!granularityReport(of: record).contains("core time  "))
    #expect(granularityReport(of: record).contains("1.607 µs"))
  }
}
