import Platform
import Records
import Testing

@testable import Harness

struct CapacityMeasurementTests {
  private static func service(_ model: String, _ workers: Int) -> Configuration {
    Configuration(
      model: model, workload: "serve", workers: workers, traffic: Traffic(path: "/", connections: 2))
  }

  private let two = [service("a", 1), service("b", 2)]

  /// A runner of services of known capacities: up to them, requests take 1 ms, and beyond them a second. In a closed loop,
  /// they answer as fast as they can.
  private func runner(
    _ capacities: [String: Double], generator: Double = .infinity,
    foreignLoad: Double? = nil, failing: @escaping (Configuration, Int) -> String? = { _, _ in nil }
  ) -> MockRunner {
    MockRunner { configuration, position in
      if let reason = failing(configuration, position) { return .failed(reason: reason, nil) }
      let capacity = capacities[configuration.model] ?? 0
      let rate = configuration.traffic?.rate
      let answers = UInt64(rate ?? capacity)
      var load = loadRecord(rate: rate, answers: 0)
      (load.sent, load.answered, load.achievedRate) = (answers, answers, Double(answers))
      load.latency.record(rate ?? 0 <= min(capacity, generator) ? 1_000_000 : 1_000_000_000, times: answers)
      if rate ?? 0 > generator { load.userTime = 1_000_000_000 }
      var report = TrialRecord(result: ExactInteger(UInt128(answers)), region: 1_000_000_000)
      (report.traffic, report.sharesCPUs) = (load, configuration.workers > 1)
      return .measured(processRecord(wall: 1_200_000_000, foreignLoad: foreignLoad), report)
    }
  }

  private func newRecord() -> CapacityRecord {
    CapacityRecord(
      host: "h", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3"),
      objective: .init(percentile: 99, time: 20_000_000), path: "/", connections: 2, duration: 2_000_000_000)
  }

  private func measured(_ runner: MockRunner, _ configurations: [Configuration]) throws -> CapacityRecord {
    var record = newRecord()
    try CapacityMeasurement(runner, configurations).carryOut(&record) { _ in }
    return record
  }

  @Test("the bracket of each service holds its capacity, and every try is recorded")
  func brackets() throws {
    let runner = runner(["a": 1000, "b": 54_321])
    let record = try measured(runner, two)
    for (service, capacity) in zip(record.services, [1000.0, 54_321]) {
      let (low, high) = (try #require(service.low), try #require(service.high))
      #expect(low <= capacity && capacity < high && high / low <= 1.05)
      #expect(service.confirmed && service.failure == nil && !service.isBoundByGenerator)
      #expect(service.tries.allSatisfy { ($0.outcome == .met) == ($0.rate <= capacity) })
      #expect(service.tries.count { $0.rate == low } == 3 && service.tries.count { $0.rate == high } == 3)
    }
    #expect(record.services.map(\.sharesCPUs) == [false, true])
    #expect(record.contradiction == nil)
    let tries = record.services.reduce(0) { $0 + $1.tries.count }
    #expect(runner.asked.count == 2 + tries)
  }

  @Test("a search starts at half of the rate of a closed loop, and the services take turns")
  func turns() throws {
    let runner = runner(["a": 1000, "b": 1000])
    _ = try measured(runner, two)
    #expect(runner.asked.prefix(4).map(\.model) == ["a", "b", "a", "b"])
    #expect(runner.asked.prefix(4).map { $0.traffic?.rate } == [nil, nil, 500, 500])
    #expect(runner.asked.dropFirst(2).allSatisfy { $0.duration == 2_000_000_000 })
    #expect(runner.timeouts.dropFirst(2).allSatisfy { $0 == 84_000_000_000 })
  }

  @Test("a search ends where the generator is the limit, with what the server met")
  func generatorBound() throws {
    let record = try measured(runner(["a": 1000, "b": 50_000], generator: 40_000), two)
    #expect(record.services[0].confirmed)
    let bound = record.services[1]
    #expect(bound.isBoundByGenerator && !bound.confirmed && bound.failure == nil)
    #expect(bound.low == 25_000 && bound.high == nil)
    #expect(bound.tries.map(\.rate) == [25_000, 50_000])
  }

  @Test("a service that fails is not tried again, and the others are measured")
  func failure() throws {
    let absent = try measured(
      runner(["a": 1000, "b": 1000]) { configuration, _ in configuration.model == "b" ? "no port" : nil }, two
    )
    #expect(absent.services[0].confirmed)
    #expect(absent.services[1].failure == "no port" && absent.services[1].tries.isEmpty)
    let dying = runner(["a": 1000, "b": 1000]) { configuration, _ in
      configuration.model == "b" && configuration.traffic?.rate ?? 0 > 900 ? "killed" : nil
    }
    let record = try measured(dying, two)
    #expect(record.services[0].confirmed)
    #expect(record.services[1].failure == "killed" && record.services[1].low == 500)
    #expect(dying.asked.count { $0.model == "b" } == 3)
  }

  @Test("disturbed tries are taken again, and counted if that does not help")
  func disturbed() throws {
    let record = try measured(runner(["a": 1000], foreignLoad: 1), [two[0]])
    #expect(record.services[0].tries.allSatisfy { $0.disturbed == true } && record.services[0].confirmed)
    let quiet = try measured(runner(["a": 1000], foreignLoad: 0), [two[0]])
    #expect(quiet.services[0].tries.allSatisfy { $0.disturbed == false })
  }

  @Test("an interruption leaves the finished tries in the record")
  func interruption() throws {
    let whole = runner(["a": 1000, "b": 1000])
    let runner = MockRunner { (configuration, position) throws(Interruption) in
      if position == 5 { throw Interruption(signal: 2) }
      return try whole.run(configuration, timeout: 1)
    }
    var record = newRecord()
    #expect(throws: Interruption(signal: 2)) {
      try CapacityMeasurement(runner, two).carryOut(&record) { _ in }
    }
    #expect(record.services.map(\.tries.count) == [2, 1])
    #expect(record.services.map(\.low) == [1000, 500] && !record.services[0].confirmed)
  }
}
