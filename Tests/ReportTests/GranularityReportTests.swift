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

  /// A record of which other programs disturbed some rounds, with its summary.
  private func disturbed(_ change: (inout GranularityRecord) -> Void) -> GranularityRecord {
    var record = record
    record.single = Array(repeating: [90_000_000, 56_000_000], count: 3)
    for position in record.models.indices {
      record.models[position].points = [(1024, 45_000_000), (512, 130_000_000)].map { grain, time in
        .init(grain: grain, regions: Array(repeating: [2 * time, time], count: 3))
      }
      record.models[position].emptyRegion = Array(repeating: [42_400, 1607], count: 3)
    }
    change(&record)
    return record.summarised()
  }

  @Test("without disturbed samples, nothing is said of them")
  func undisturbed() {
    for count in [nil, 0] {
      let text = granularityReport(of: disturbed { $0.models[1].points[0].disturbed = count })
      #expect(!text.contains("disturbed") && !text.contains("withheld"))
    }
  }

  @Test("a few disturbed samples are counted, with a remedy")
  func fewDisturbed() {
    let text = granularityReport(of: disturbed { $0.models[1].points[0].disturbed = 1 })
    #expect(text.contains("\nOther programs disturbed 1 of 30 samples: stop them and measure again.\n"))
    #expect(!text.contains("withheld"))
  }

  @Test("a withheld METG is shown as -, with its reason")
  func withheldMETG() throws {
    let record = disturbed {
      ($0.models[0].points[0].disturbed, $0.models[2].points[1].disturbed) = (2, 3)
    }
    try compare(granularityReport(of: record), "granularity-disturbed.txt")
    #expect(
      granularityReport(of: record).contains(
        "METG needs every grain, and is withheld for fork, bare.\n"))
  }

  @Test("a busy machine leaves no result, only the reason")
  func busyMachine() {
    let text = granularityReport(of: disturbed { $0.singleDisturbed = 3 })
    #expect(!text.contains("core time  ") && !text.contains("µs"))
    #expect(text.contains("\nOther programs disturbed 3 of 30 samples"))
    #expect(text.contains("withheld for fork, dispatch, bare.\n"))
  }

  @Test("a sweep without grains has no table of grains")
  func nothingSwept() {
    var record = record
    record.summary = record.summary.map { Array($0.suffix(1)) }
    #expect(!granularityReport(of: record).contains("core time  "))
    #expect(granularityReport(of: record).contains("1.607 µs"))
  }
}
