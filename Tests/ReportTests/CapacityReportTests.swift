import Records
import Testing

@testable import Report

struct CapacityReportTests {
  /// A service with three tries of each end of its bracket.
  private func service(_ model: String, _ workers: Int, _ low: Double?, _ high: Double?)
    -> CapacityRecord.Service
  {
    var service = CapacityRecord.Service(model: model, workers: workers)
    let ends: [(Double?, CapacityRecord.Outcome)] = [(low, .met), (high, .missed)]
    service.tries = ends.flatMap { rate, outcome in
      Array(
        repeating: rate.map {
          CapacityRecord.Try(
            rate: $0, outcome: outcome, latency: 1_000_000, achievedRate: $0, serverCores: $0 / 20_000,
            generatorCores: $0 / 40_000)
        }, count: 3
      ).compactMap(\.self)
    }
    (service.low, service.high, service.confirmed) = (low, high, low != nil && high != nil)
    service.sharesCPUs = workers > 1
    return service
  }

  private func bound(_ model: String, _ workers: Int, _ low: Double?) -> CapacityRecord.Service {
    var service = service(model, workers, low, nil)
    service.tries.append(
      .init(
        rate: 90_000, outcome: .generator, latency: 1_000_000_000, achievedRate: 80_000, serverCores: 2,
        generatorCores: 1))
    return service
  }

  private func record(_ services: [CapacityRecord.Service], cpus: Int = 4) -> CapacityRecord {
    var record = CapacityRecord(
      host: "example", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        processor: "Fast Chip", architecture: "x86_64", onlineCPUs: cpus, effectiveCPUs: cpus,
        kernel: "Linux 6", swift: "6.3"), objective: .init(percentile: 99, time: 20_000_000),
      path: "/api/1e6",
      connections: 32, duration: 1_000_000_000)
    record.services = services
    return record
  }

  @Test("the report has the answer, a row per service with its bracket, and the laws")
  func golden() throws {
    let services =
      [service("single", 1, 19_810.4, 20_690.7)]
      + [(1, 19_000.0), (2, 36_900), (4, 70_200)].map { service("fork", $0, $1, 1.04 * $1) }
      + [(1, 18_000.0), (2, 34_700), (4, 68_900), (8, 61_000)].map { service("threads", $0, $1, 1.04 * $1) }
    try compare(capacityReport(of: record(services)), "capacity.txt")
    try compare(capacityReport(of: record(services), style: TextStyle(width: 60)), "capacity60.txt")
  }

  @Test("the report of a hard day has failures first, and says what is not known and why")
  func incomplete() throws {
    var failed = service("dispatch", 2, 40_000, 42_000)
    failed.failure = "scaleup-dispatch was killed by SIGKILL\nduring the trial"
    var unconfirmed = service("fork", 2, 353.5533905932738, 500)
    (unconfirmed.confirmed, unconfirmed.tries[0].disturbed) = (false, true)
    var record = record(
      [
        service("single", 1, 62.5, 64.4444), unconfirmed, bound("threads", 2, 40_000),
        bound("taskgroup", 2, nil),
        service("slow", 1, nil, 1), service("endless", 1, 10_000_000, nil), failed,
      ], cpus: 1)
    record.interrupted = true
    try compare(capacityReport(of: record), "capacity-incomplete.txt")
  }

  @Test("steal time is named once it may make more requests late than the objective allows")
  func steal() {
    func report(stolenCores: Double) -> String {
      var service = service("single", 1, 19_810, 20_690)
      for place in service.tries.indices { service.tries[place].stolenCores = stolenCores }
      return capacityReport(of: record([service]), style: TextStyle(width: 200))
    }
    #expect(report(stolenCores: 0.2).contains("gave 5.0 % of this machine's time to other guests"))
    #expect(report(stolenCores: 0.2).contains("p99 ≤ 20 ms lets 1.0 % of the requests be late"))
    #expect(!report(stolenCores: 0.03).contains("hypervisor"))
  }

  @Test("one service alone is not compared, and no service leaves the heading")
  func few() {
    let one = capacityReport(of: record([service("single", 1, 19_810, 20_690)]))
    #expect(one.contains("\nsingle with 1 worker serves 19810–20690/s with p99 ≤ 20 ms.\n"))
    #expect(!one.contains("serves most") && !one.contains("scaling laws"))
    #expect(capacityReport(of: record([])).split(separator: "\n").count == 1)
  }

  @Test(
    "an objective is written with the unit of its time",
    arguments: [
      (99.9, 1_500_000_000, "p99.9 ≤ 1.5 s"), (50, 800_000, "p50 ≤ 800 µs"), (99, 20_000_000, "p99 ≤ 20 ms"),
      (99, 999, "p99 ≤ 999 ns"),
    ] as [(Double, UInt64, String)])
  func objective(percentile: Double, time: UInt64, text: String) {
    #expect(LatencyObjective(percentile: percentile, time: time).text == text)
  }
}
