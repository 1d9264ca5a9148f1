import Records
import Testing

@testable import Analysis

struct CapacityTests {
  /// A try at 1000 requests per second for a second.
  private func attempt(
    answers: UInt64 = 1000, latency: UInt64 = 1_000_000, generator: Double = 0.2, isAnswered: Bool = true
  ) throws -> CapacityRecord.Try {
    let trial = served(0, cpuTime: 500_000, answers: answers, generator: generator, latency: latency)
    var load = try #require(trial.report?.traffic)
    if !isAnswered { load.sent += 1 }
    return CapacityRecord.Try(
      at: 1000, try #require(trial.process), load, objective: .init(percentile: 99, time: 20_000_000),
      mostForeignLoad: 0.15)
  }

  @Test("a try meets the objective if all requests were answered, in time, and as fast as they came")
  func outcomes() throws {
    #expect(try attempt().outcome == .met)
    #expect(try attempt(latency: 30_000_000).outcome == .missed)
    #expect(try attempt(isAnswered: false).outcome == .missed)
    // Four standard deviations of 1000 requests are 126.
    #expect(try attempt(answers: 874).outcome == .met)
    #expect(try attempt(answers: 873).outcome == .missed)
  }

  @Test("a busy generator explains a miss, but not a try that met the objective")
  func generator() throws {
    #expect(try attempt(generator: 0.9).outcome == .met)
    #expect(try attempt(latency: 30_000_000, generator: 0.9).outcome == .generator)
    #expect(try attempt(latency: 30_000_000, generator: 0.89).outcome == .missed)
  }

  @Test("a try has the latency at the percentile, the achieved rate and the busy cores")
  func quantities() throws {
    let found = try attempt()
    #expect(found.rate == 1000 && found.achievedRate == 1000 && found.generatorCores == 0.2)
    // 1200 answers of 0.5 ms each in 1.2 s.
    #expect(found.serverCores == 0.5 && found.disturbed == nil)
    #expect(found.latency.map { $0 / 10_000 } == 100)
  }

  @Test("speedups are over one worker of single, and efficiencies divide by the workers")
  func speedups() {
    let analysis = CapacityAnalysis(
      capacities([
        capacity("single", 1, 1000, 1040), capacity("fork", 1, 900, 940), capacity("fork", 4, 3600, 3700),
      ])
    )
    #expect(analysis.isOverSingle)
    #expect(analysis.rows.map(\.speedup) == [1, 0.9, 3.6])
    #expect(analysis.rows.map(\.efficiency) == [1, 0.9, 0.9])
    #expect(analysis.rows.map(\.serverCores) == [1, 0.9, 3.6] && analysis.rows[0].generatorCores == 0.5)
  }

  @Test("without single, speedups are over one worker of the same model")
  func ownBaseline() {
    let analysis = CapacityAnalysis(
      capacities([
        capacity("fork", 1, 900, 940), capacity("fork", 2, 1800, 1850), capacity("threads", 2, 10, 11),
      ]))
    #expect(!analysis.isOverSingle)
    #expect(analysis.rows.map(\.speedup) == [1, 2, nil])
    let bound = CapacityAnalysis(
      capacities([capacity("single", 1, 1000, nil), capacity("fork", 1, 900, 940)]))
    #expect(!bound.isOverSingle && bound.rows.map(\.speedup) == [nil, 1])
  }

  @Test("services whose brackets overlap with that of the greatest capacity are tied with it")
  func leader() throws {
    let services = [
      capacity("single", 1, 1000, 1040), capacity("fork", 2, 1900, 1950), capacity("threads", 2, 1850, 1901),
      capacity("dispatch", 2, 1800, 1900),
    ]
    let leader = try #require(CapacityAnalysis(capacities(services)).leader)
    #expect(leader.service == services[1] && leader.tied == [services[2]])
  }

  @Test("a service that the generator bounds is not ranked, and one that failed is left out")
  func unranked() throws {
    var failed = capacity("threads", 2, 9000, 9100)
    failed.failure = "it broke"
    let services = [
      capacity("single", 1, 1000, 1040), capacity("fork", 2, 5000, nil), failed,
      capacity("dispatch", 2, nil, 1),
    ]
    let analysis = CapacityAnalysis(capacities(services))
    #expect(analysis.leader?.service == services[0] && analysis.leader?.tied == [])
    #expect(analysis.unranked == [services[1]])
    #expect(analysis.rows.map(\.service.model) == ["single", "fork", "dispatch"])
    #expect(analysis.rows.map(\.speedup) == [1, nil, nil])
    #expect(CapacityAnalysis(capacities([services[1]])).leader == nil)
  }

  @Test("laws are fitted to the middles of the brackets, without oversubscribed services")
  func laws() throws {
    // Amdahl's law with a serial part of a tenth.
    let services = [1, 2, 3, 4, 8].map { workers in
      let rate = 1000 * Double(workers) / (1 + 0.1 * Double(workers - 1))
      return capacity("fork", workers, rate - 10, rate + 10)
    }
    let analysis = CapacityAnalysis(capacities(services + [capacity("single", 1, 990, 1010)]))
    #expect(analysis.scalings.map(\.model) == ["fork"])
    let fit = try #require(analysis.scalings.first?.fit)
    #expect(fit.points.map(\.workers) == [1, 2, 3, 4])
    #expect(fit.points.first?.throughput == 1000 && fit.points.first?.lowest == 990)
    #expect(((fit.fit(of: .amdahl)?.value(of: .f) ?? 0) - 0.1).magnitude < 1e-6)
    let summary = capacities(services).summarised()
    #expect(summary.fits?.map(\.group) == [["model": "fork"]])
    #expect(summary.speedups?.map(\.workers) == [1, 2, 3, 4, 8])
  }

  @Test("the stolen share is that of all CPUs, over the tries that recorded it")
  func stolen() {
    var services = [capacity("single", 1, 1000, 1040), capacity("fork", 2, 1000, 1040)]
    #expect(CapacityAnalysis(capacities(services)).stolenShare == nil)
    services[0].tries[0].stolenCores = 0.1
    services[1].tries[1].stolenCores = 0.3
    let record = capacities(services)
    #expect(CapacityAnalysis(record).stolenShare == 0.2 / Double(record.passport.onlineCPUs))
  }

  @Test("disturbed tries are counted")
  func disturbed() {
    var services = [capacity("single", 1, 1000, 1040), capacity("fork", 2, 5000, nil)]
    services[0].tries[1].disturbed = true
    services[1].tries[0].disturbed = false
    let analysis = CapacityAnalysis(capacities(services))
    #expect(analysis.tries == 4 && analysis.disturbedTries == 1)
  }
}
