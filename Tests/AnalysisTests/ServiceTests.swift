import Records
import Testing

@testable import Analysis

struct ServiceTests {
  private func measured(_ trial: Trial, _ configuration: Configuration = serve("fork", 1)) -> MeasuredTrial? {
    MeasuredTrial(trial, of: configuration, effectiveCPUs: 2, mostForeignLoad: 1)
  }

  @Test("the CPU time per request is that of the server over all answers, warm-up included")
  func cpuTime() throws {
    let trial = try #require(measured(served(0, cpuTime: 5000)))
    #expect(trial.time == 5000 && trial.measure == 5000 && trial.workTime == 5000)
    #expect(trial.rate == 200_000, "requests per second of CPU time")
    // 1200 answers in 1.2 s.
    #expect(trial.serverCores == 0.005 && trial.generatorCores == 0.2 && trial.answerRate == 1000)
    #expect(trial.utilization == nil && trial.busyCores == nil && trial.processUtilization == nil)
  }

  @Test("without the server's CPU time, its answers or the generator's report, nothing was measured")
  func unmeasured() {
    var trial = served(0, cpuTime: 5000)
    trial.process = nil
    #expect(measured(trial) == nil)
    trial = served(0, cpuTime: 5000)
    trial.report?.traffic = nil
    #expect(measured(trial) == nil)
    trial = served(0, cpuTime: 5000)
    trial.report?.result = ExactInteger(0)
    #expect(measured(trial) == nil)
    #expect(measured(served(0, cpuTime: 0)) == nil)
  }

  @Test("a rate that was reached has no limit, and chance is no shortfall")
  func reached() {
    for answers: UInt64 in [1000, 1100, 874] {
      // Four standard deviations of 1000 requests are 126.
      #expect(measured(served(0, cpuTime: 5000, answers: answers, generator: 1))?.limit == .neither)
    }
    #expect(measured(served(0, cpuTime: 5000, answers: 873, generator: 1))?.limit == .generator)
    let fast = serve("fork", 1, rate: 1e6)
    for (answers, limit): (UInt64, ServiceLimit) in [(980_000, .neither), (979_999, .generator)] {
      #expect(
        measured(served(0, rate: 1e6, cpuTime: 1, answers: answers, generator: 1), fast)?.limit == limit)
    }
  }

  @Test("the side that ran out of CPU time is the limit, the generator first")
  func limits() {
    // Of 500 answers per second, 2 ms of CPU time each keep one core busy.
    func limit(_ cpuTime: Double, _ generator: Double, _ workers: Int, shares: Bool) -> ServiceLimit? {
      measured(
        served(0, cpuTime: cpuTime, answers: 500, generator: generator, sharesCPUs: shares),
        serve("fork", workers))?.limit
    }
    #expect(limit(1_900_000, 0.5, 1, shares: false) == .server)
    #expect(limit(1_900_000, 0.95, 1, shares: false) == .generator)
    #expect(limit(1_000_000, 0.5, 1, shares: false) == .neither)
    #expect(limit(1_900_000, 0.5, 2, shares: true) == .neither)
    #expect(limit(3_700_000, 0.1, 2, shares: true) == .server)
    // Both CPUs are busy, though the server has not both.
    #expect(limit(2_600_000, 0.6, 2, shares: true) == .server)
    #expect(limit(2_600_000, 0.9, 2, shares: true) == .generator)
  }

  @Test("a generator of several threads is the limit if one of them is out of CPU time")
  func threads() {
    func limit(busiest: UInt64) -> ServiceLimit? {
      var trial = served(0, cpuTime: 1, answers: 500, generator: 1.5, sharesCPUs: true)
      trial.report?.traffic?.busiestThreadTime = busiest
      return MeasuredTrial(trial, of: serve("fork", 8), effectiveCPUs: 8, mostForeignLoad: 1)?.limit
    }
    #expect(limit(busiest: 800_000_000) == .neither && limit(busiest: 900_000_000) == .generator)
  }

  @Test("a closed loop always has a limit if a side is out of CPU time")
  func closedLoop() {
    var trial = served(0, cpuTime: 10_000, generator: 0.95)
    trial.report?.traffic?.askedRate = nil
    #expect(measured(trial)?.limit == .generator)
    trial.report?.traffic?.userTime = 0
    #expect(measured(trial)?.limit == .neither)
  }

  @Test("fairness compares the answers of the workers; one that answered nothing or was lost counts")
  func fairness() {
    func fairness(_ workers: [UInt64]?, of count: Int = 2) -> Double? {
      measured(served(0, cpuTime: 1, workers: workers), serve("fork", count))?.fairness
    }
    #expect(fairness([300, 600]) == 0.5)
    #expect(fairness([900]) == 0)
    #expect(fairness(nil) == nil && fairness([900], of: 1) == nil && fairness([0, 0]) == nil)
    var trial = served(0, cpuTime: 1)
    trial.report?.traffic?.workers = [
      .init(name: "1/10", answers: 100), .init(name: "2/11", answers: 300), .init(name: "1/12", answers: 200),
    ]
    #expect(measured(trial, serve("fork", 2))?.fairness == 1)
  }

  @Test("latencies of all trials are merged")
  func latencies() throws {
    let record = services([serve("fork", 1)]) { _, round in
      served(0, cpuTime: 5000, latency: round == 5 ? 9_000_000 : 100_000)
    }
    let service = try #require(RunAnalysis(record).workloads.first?.rows.first?.service)
    #expect(service.latency.count == 6000)
    #expect(service.latency.time(atPercentile: 50).map { $0 / 1000 } == 100)
    #expect(service.latency.time(atPercentile: 99).map { $0 / 100_000 } == 90)
    #expect(service.lost == 0 && service.sent == 6000 && !service.sharesCPUs && service.limit == .neither)
  }

  private let three = [serve("single", 1), serve("fork", 1), serve("fork", 2)]

  @Test("the server with the least CPU time is named, and there are no speedups, losses and laws")
  func cheapest() throws {
    let record = services(three) { position, round in
      served(position, cpuTime: [5000, 4000, 6000][position] + Double(round))
    }
    let analysis = RunAnalysis(record)
    let cheapest = try #require(analysis.cheapest)
    #expect(cheapest.row.configuration == three[1] && cheapest.isTested && cheapest.tied.isEmpty)
    #expect(cheapest.speedupInterval == nil && analysis.fastest == nil)
    let workload = try #require(analysis.workloads.first)
    #expect(workload.traffic == three[0].traffic && workload.scalings.isEmpty)
    #expect(workload.rows.allSatisfy { $0.speedup == nil && $0.losses == nil && $0.efficiency == nil })
    #expect(workload.rows.allSatisfy { ($0.precision ?? 1) < 0.01 })
    #expect(analysis.measured.positionOfReference(for: 1) == nil)
  }

  @Test("servers that need about the same are tied")
  func ties() throws {
    let record = services(three) { position, round in
      served(position, cpuTime: 5000 + Double((round * 7 + position * 3) % 5))
    }
    let cheapest = try #require(RunAnalysis(record).cheapest)
    #expect(cheapest.isTested && cheapest.tied.count == 1)
  }

  @Test("rows that the generator limited are not ranked")
  func unranked() throws {
    let record = services(three) { position, round in
      served(
        position, cpuTime: [5000, 4000, 6000][position] + Double(round), answers: position == 1 ? 500 : 1000,
        generator: position == 1 ? 0.95 : 0.2)
    }
    let analysis = RunAnalysis(record)
    #expect(analysis.workloads.first?.rows.map(\.isRanked) == [true, false, true])
    #expect(analysis.cheapest?.row.configuration == three[0])
    let none = services(three) { _, _ in served(0, cpuTime: 1, answers: 500, generator: 0.95) }
    #expect(RunAnalysis(none).cheapest == nil)
  }

  @Test("a run with another workload keeps its answer, and has that of the servers too")
  func besides() {
    let configurations = [sum("single", 1), sum("fork", 2), serve("single", 1)]
    let record = services(configurations) { position, round in
      position == 2
        ? served(2, cpuTime: 5000)
        : AnalysisTests.measured(position, region: 2_000_000 / UInt64(position + 1))
    }
    let analysis = RunAnalysis(record)
    #expect(analysis.fastest?.row.configuration == configurations[1])
    #expect(analysis.cheapest?.row.configuration == configurations[2])
    #expect(analysis.workloads.map(\.workload) == ["sum", "serve"])
  }

  private func compared(_ old: RunRecord, _ new: RunRecord, _ gates: [Gate] = []) -> ComparisonRecord {
    ComparisonRecord([[old], [new]], [.init(old, name: "A"), .init(new, name: "B")], gates: gates)
  }

  @Test("a comparison and the gate of time are of the CPU time per request, with no gain and no efficiency")
  func comparison() throws {
    let old = services(three) { position, round in served(position, cpuTime: 5000 + Double(round)) }
    let new = services(three) { position, round in
      served(position, cpuTime: (position == 2 ? 6000 : 5000) + Double(round))
    }
    let gates = [Gate(.time, limit: 0.03), Gate(.efficiency, limit: 0.03)]
    let comparison = compared(old, new, gates)
    #expect(comparison.changes.map(\.finding) == [nil, nil, .slower])
    #expect(comparison.changes.allSatisfy { $0.efficiency == nil && $0.utilization == nil })
    #expect(((comparison.changes.last?.time.value ?? 0) - 1.2).magnitude < 0.001)
    #expect(comparison.gains.isEmpty && comparison.refusals.isEmpty)
    #expect(comparison.gates.map(\.verdict) == [.failed, .inconclusive])
    #expect(comparison.gates.map(\.count) == [3, 0])
    #expect(compared(old, old, [gates[0]]).gates.map(\.verdict) == [.passed])
  }

  @Test("runs at other rates, or of other paths, are not compared, and a sentence says why")
  func refusals() {
    let old = services([serve("fork", 1)]) { _, round in served(0, cpuTime: 5000 + Double(round)) }
    let faster = services([serve("fork", 1, rate: 2500)]) { _, _ in
      served(0, rate: 2500, cpuTime: 5000, answers: 2500)
    }
    let comparison = compared(old, faster)
    #expect(comparison.changes.isEmpty)
    #expect(
      comparison.refusals == [
        "serve is not compared: the rate is 1000/s in A and 2500/s in B; measure B again with --rate 1000."
      ])
    let other = services([serve("fork", 1, path: "/api/7")]) { _, _ in served(0, cpuTime: 5000) }
    #expect(
      compared(old, other).refusals == [
        "serve of / over 32 connections is not compared: only A has it.",
        "serve of /api/7 over 32 connections is not compared: only B has it.",
      ])
    #expect(!old.plan.isComparable(with: faster.plan) && !old.plan.isComparable(with: other.plan))
  }

  @Test("runs at other rates are not merged")
  func merging() throws {
    let old = services([serve("fork", 1)]) { _, _ in served(0, cpuTime: 5000) }
    var faster = services([serve("fork", 1, rate: 2500)]) { _, _ in served(0, rate: 2500, cpuTime: 5000) }
    faster.startedAt = "2026-02-02T03:04:05Z"
    #expect(
      throws: MergeRefusal(
        description:
          "the rate of serve fork with 1 worker is 1000/s in a and 2500/s in b: measure again with "
          + "--baseline a")
    ) {
      try RunRecord(merging: [NamedRun(old, name: "a"), NamedRun(faster, name: "b")])
    }
  }
}
