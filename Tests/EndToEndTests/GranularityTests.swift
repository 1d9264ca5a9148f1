import Foundation
import Records
import Testing

/// `scaleup granularity` with the real models.
@Suite(.blocking) struct GranularityTests {
  private static let short = ["granularity", "--rounds", "1", "--upto", "20000", "--workers", "2", "--quiet"]

  /// Whether a report has a table of grains with these models, unless other programs disturbed the only round.
  private func hasGrains(_ output: String, of models: String) -> Bool {
    output.contains("grain  core time  \(models)\n") || output.contains("A result is withheld (-)")
  }

  @Test("every parallel model is swept, and the JSON has samples and summary")
  func parallelModel() throws {
    let outcome = try Program("scaleup").run(Self.short + ["--json"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error == "")
    let record = try JSONDecoder().decode(GranularityRecord.self, from: Data(outcome.output.utf8))
    let models = ["fork", "dispatch", "taskgroup", "threads"]
    #expect(record.models.map(\.model) == models && record.summary?.map(\.model) == models)
    for model in record.models {
      #expect(model.failure == nil)
      #expect(!model.points.isEmpty)
      #expect(model.emptyRegion?.map(\.count) == [1000])
      #expect(model.emptyChunks?.map(\.count) == [4])
    }
    for (model, summary) in zip(record.models, record.summary ?? []) {
      // Other programs may have disturbed the only round.
      let disturbed = record.singleDisturbed ?? 0
      #expect(summary.emptyRegion ?? 0 > 0 || disturbed + (model.emptyRegionDisturbed ?? 0) > 0)
      #expect(summary.emptyChunk ?? 0 > 0 || disturbed + (model.emptyChunksDisturbed ?? 0) > 0)
      #expect(summary.points.allSatisfy { $0.efficiency > 0 && $0.grainTime > 0 })
    }
  }

  @Test("saved granularity JSON is printed again as tables and as the same JSON")
  func savedGranularity() throws {
    let folder = try Folder()
    let json = try Program("scaleup").run(Self.short + ["--json", "--model", "dispatch"]).output
    try folder.write(json, to: "sweep.json")
    let report = try Program("scaleup").run(["report", "sweep.json"], in: folder)
    #expect(report.status == 0, "\(report.error)")
    #expect(hasGrains(report.output, of: "dispatch"))
    #expect(
      try Program("scaleup").run(["report", "sweep.json", "--format", "json"], in: folder).output == json)
    let csv = try Program("scaleup").run(["report", "sweep.json", "--format", "csv"], in: folder)
    #expect(csv.status == 64 && csv.error.contains("use --format table or json"))
  }

  @Test("the tables have the requested models and grains")
  func tablesRequested() throws {
    let outcome = try Program("scaleup").run(Self.short + ["--model", "dispatch,threads"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(hasGrains(outcome.output, of: "dispatch  threads"))
    #expect(outcome.output.contains("METG(50 %)"))
    #expect(!outcome.output.contains("fork"))
  }

  @Test(
    "impossible requests are refused",
    arguments: [
      (["--model", "single"], "invalid value for --model: 'single' (expected "),
      (["--workers", "0"], "invalid value for --workers: '0' (expected a whole number"),
      (["--rounds", "none"], "invalid value for --rounds: 'none' (expected a whole number"),
      (["--program", "x=/nowhere"], "is not an executable file"),
    ])
  func impossibleRequests(words: [String], reason: String) throws {
    let outcome = try Program("scaleup").run(["granularity"] + words)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.contains(reason), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }
}
