import Records
import Testing

struct CapacityRecordTests {
  /// A record with a service whose search is over.
  private var record: CapacityRecord {
    var record = CapacityRecord(
      host: "h", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3"),
      objective: .init(percentile: 99, time: 20_000_000), path: "/", connections: 32, duration: 1_000_000_000)
    var service = CapacityRecord.Service(model: "m", workers: 2)
    (service.low, service.high) = (1000, 1050)
    service.tries = [
      .init(
        rate: 1000, outcome: .met, latency: 1_000_000, achievedRate: 999.5, serverCores: 0.5,
        generatorCores: 0.25)
    ]
    record.services = [service]
    return record
  }

  @Test("a record has the members that its readers expect, and none that was not measured")
  func members() throws {
    let text = try encoded(record)
    #expect(try decoded(CapacityRecord.self, text) == record && record.contradiction == nil)
    #expect(
      try encoded(record.services)
        == #"[{"confirmed":false,"high":1050,"low":1000,"model":"m","tries":[{"achievedRate":999.5,"#
        + #""generatorCores":0.25,"latency":1000000,"outcome":"met","rate":1000,"serverCores":0.5}],"workers":2}]"#
    )
    #expect(text.contains(#""objective":{"percentile":99,"time":20000000}"#))
    #expect(CapacityRecord.schema.description == "scaleup.capacity/1")
  }

  @Test("a search that ended at a busy generator is bound by it")
  func boundByGenerator() {
    var service = record.services[0]
    #expect(!service.isBoundByGenerator)
    service.tries[0].outcome = .generator
    #expect(service.isBoundByGenerator)
    service.tries = []
    #expect(!service.isBoundByGenerator)
  }

  @Test("values out of bounds are named")
  func bounds() {
    let changes: [(String, (inout CapacityRecord) -> Void)] = [
      ("'startedAt': 'now'", { $0.startedAt = "now" }),
      ("'objective.percentile': 101.0", { $0.objective.percentile = 101 }),
      ("'objective.time': \(UInt64.max)", { $0.objective.time = .max }),
      ("'connections': 0", { $0.connections = 0 }),
      ("'duration': 0", { $0.duration = 0 }),
      ("'services.0.workers': 0", { $0.services[0].workers = 0 }),
      ("'services.0.low': 0.0", { $0.services[0].low = 0 }),
      ("'services.0.low': 1e+300", { $0.services[0].low = 1e300 }),
      ("'services.0.high': 999.0", { $0.services[0].high = 999 }),
      ("'services.0.high': -1.0", { $0.services[0].high = -1 }),
      ("'services.0.tries.0.rate': 0.0", { $0.services[0].tries[0].rate = 0 }),
      ("'services.0.tries.0.latency': \(UInt64.max)", { $0.services[0].tries[0].latency = .max }),
      ("'services.0.tries.0.achievedRate': -1.0", { $0.services[0].tries[0].achievedRate = -1 }),
      ("'services.0.tries.0.serverCores': 10000000000.0", { $0.services[0].tries[0].serverCores = 1e10 }),
      ("'services.0.tries.0.generatorCores': -1.0", { $0.services[0].tries[0].generatorCores = -1 }),
    ]
    for (problem, change) in changes {
      var record = record
      change(&record)
      #expect(record.contradiction == "has an invalid value at \(problem)")
    }
  }
}
