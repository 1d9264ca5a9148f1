import Records
import Testing

struct GranularityRecordTests {
  /// A record with two rounds of everything.
  private var record: GranularityRecord {
    var record = GranularityRecord(
      host: "h", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3"),
      workers: 2, upTo: 1000)
    record.single = [[1], [1]]
    var model = GranularityRecord.Model(model: "m")
    model.points = [.init(grain: 8, regions: [[1], [1]])]
    (model.emptyRegion, model.emptyChunks) = ([[1], [1]], [[1], [1]])
    record.models = [model]
    return record
  }

  @Test("a record without counts of disturbed rounds is valid")
  func uncounted() throws {
    let text = try encoded(record)
    #expect(!text.contains("isturbed"))
    #expect(try decoded(GranularityRecord.self, text) == record && record.contradiction == nil)
  }

  @Test("every round can be disturbed, but no more than there are", arguments: [-1, 0, 2, 3, Int.max])
  func bounds(count: Int) {
    let changes: [(String, (inout GranularityRecord) -> Void)] = [
      ("singleDisturbed", { $0.singleDisturbed = count }),
      ("models.0.points.0.disturbed", { $0.models[0].points[0].disturbed = count }),
      ("models.0.emptyRegionDisturbed", { $0.models[0].emptyRegionDisturbed = count }),
      ("models.0.emptyChunksDisturbed", { $0.models[0].emptyChunksDisturbed = count }),
    ]
    for (place, change) in changes {
      var record = record
      change(&record)
      let problem = (0...2).contains(count) ? nil : "has an invalid value at '\(place)': \(count)"
      #expect(record.contradiction == problem)
    }
  }

  @Test("a quantity that was not measured has no disturbed rounds")
  func unmeasured() {
    var record = record
    record.models[0].emptyRegion = nil
    record.models[0].emptyRegionDisturbed = 1
    #expect(record.contradiction == "has an invalid value at 'models.0.emptyRegionDisturbed': 1")
  }
}
