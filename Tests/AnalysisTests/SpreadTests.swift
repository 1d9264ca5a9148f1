import Records
import Testing

@testable import Analysis

struct SpreadTests {
  /// A run on machines of 4 cores each: every configuration takes a time that follows from its model and hosts.
  private func spreadRun(_ configurations: [Configuration], hosts: Int, times: [UInt64]) -> RunRecord {
    var run = run(configurations, rounds: 5) { configuration, round in
      Double(times[configurations.firstIndex(of: configuration) ?? 0] + UInt64(round))
    }
    for position in run.trials.indices
    where run.plan.configurations[run.trials[position].configuration].model == "mpi" {
      run.trials[position].report?.hosts = (0..<hosts).map {
        HostUse(name: "host \($0)", ranks: 1, cores: 4, cpuTime: 600, clockError: $0 == 0 ? nil : 7)
      }
      run.trials[position].process = ProcessRecord(
        wall: 1000, userTime: 1, systemTime: 1, voluntaryContextSwitches: 1, involuntaryContextSwitches: 1,
        minorPageFaults: 0, majorPageFaults: 0)
    }
    return run
  }

  @Test("several machines are compared with the same model and schedule in one machine")
  func sameModel() throws {
    let plan = [sum("single", 1), sum("fork", 4), sum("mpi", 4)]
    let one = spreadRun(plan, hosts: 1, times: [4000, 1000, 1100])
    let two = spreadRun(plan, hosts: 2, times: [4400, 1000, 2200])
    let comparison = ComparisonRecord(
      [[one], [two]], [.init(one, name: "A", price: 0.5), .init(two, name: "B", price: 0.5)])
    let spread = try #require(comparison.spreads?.first)
    #expect(
      spread.runs == [0, 1] && spread.configurations.map(\.model) == ["mpi", "mpi"] && spread.hosts == 2)
    #expect(abs(spread.time.value - 2202.0 / 1102) < 1e-12 && spread.time.lower != nil)
    let speedups = try #require(spread.speedups)
    #expect(abs(speedups[0] - 4002.0 / 1102) < 1e-12 && abs(speedups[1] - 4402.0 / 2202) < 1e-12)
    let money = try #require(spread.workForMoney)
    #expect(abs(money[0] / money[1] - 2 * 2202.0 / 1102) < 1e-9, "two machines cost twice as much")
  }

  @Test(
    "several machines are compared with the fastest model of one if theirs was not run, and not at all without cores"
  )
  func fastest() throws {
    let plan = [
      sum("single", 1), sum("fork", 4), sum("threads", 4), sum("mpi", 4), sum("fork", 8), sum("mpi", 8),
    ]
    let run = spreadRun(plan, hosts: 2, times: [4000, 1200, 1000, 1500, 900, 800])
    let spreads = ComparisonRecord.HostSpread.all(in: MeasuredRun(run))
    #expect(spreads.map { $0.configurations.map(\.model) } == [["threads", "mpi"]])
    #expect(spreads[0].workForMoney == nil && spreads[0].communication == nil)
    #expect(
      ComparisonRecord.HostSpread.all(in: MeasuredRun(spreadRun(plan, hosts: 1, times: [1, 1, 1, 1, 1, 1])))
        .isEmpty)
  }

  @Test("utilization is given for all machines and for each, and a spread configuration has no vertical gain")
  func utilization() throws {
    let run = spreadRun([sum("single", 1), sum("mpi", 4)], hosts: 2, times: [4000, 1000])
    let row = try #require(RunAnalysis(run).workloads.first?.rows.last)
    #expect(
      row.measured.cores == 8 && row.median(of: \.busyCores) == 1.2
        && row.median(of: \.processUtilization) == 0.15
        && !row.isOversubscribed)
    #expect(row.hosts.map(\.name) == ["host 0", "host 1"] && row.hosts.map(\.clockError) == [nil, 7])
    #expect(row.hosts.allSatisfy { $0.busyCores == 0.6 && $0.utilization == 0.15 })
    #expect(row.median(of: \.contextSwitches) == nil)
    let comparison = ComparisonRecord([[run], [run]], [.init(run, name: "A"), .init(run, name: "B")])
    #expect(comparison.gains.isEmpty && !comparison.changes.isEmpty)
  }
}
