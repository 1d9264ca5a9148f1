import Analysis
import Records
import Testing

@testable import Report

/// Reports whose time would be out of all bounds if it grew with the square of what they show.
@Suite(.timeLimit(.minutes(10)))
struct LargeReportTests {
  /// A configuration of a model of its own.
  private func configuration(_ number: Int, workload: String = "sum") -> Configuration {
    Configuration(
      model: number == 0 ? "single" : "model\(number)", workload: workload, workers: number == 0 ? 1 : 2,
      upTo: 999)
  }

  @Test("a report of 2,000 configurations has a row and a mark for each")
  func configurations() throws {
    let count = 2_000
    var run = syntheticRun
    run.plan = Plan(configurations: (0..<count).map { configuration($0) }, trials: 1, warmUps: 0)
    run.trials = (0..<count).map { position in
      var report = TrialRecord(result: ExactInteger(499_500), region: UInt64(1000 + position))
      report.workers = run.plan.configurations[position].workers
      report.shares = (0..<(report.workers ?? 0)).map {
        Share(worker: $0, result: ExactInteger(7), begin: 1, end: 900, cpuTime: 800)
      }
      return Trial(configuration: position, round: 0, warmUp: false, report: report)
    }
    let workload = try #require(RunAnalysis(run).workloads.first)
    #expect(Table(workload, groups: [.name, .standard, .spread, .resources]).rows.count == count)
    #expect(try #require(workload.lossSection?.table).rows.count == count - 1)
    #expect(workload.lossChart(on: nil).rows.count == count - 1)
    #expect(Set(workload.sampleChart(on: nil).rows.flatMap(\.marks).map(\.style)).count > 2)
    let scale = KernelScale(workload, "scalar", workload.rows, workload.seriesStyles, place: nil)
    #expect(scale.speedupChart(on: CoreShape(cpus: 4)).series.map(\.style) == Array(0..<count - 1))
  }

  @Test("a comparison of 8,000 workloads has a section for each")
  func workloads() {
    let count = 8_000
    var comparison = ComparisonRecord(runs: ["A", "B"].map { .init(syntheticRun, name: $0) })
    comparison.changes = (0..<count).map {
      .init(run: 1, configuration: configuration($0, workload: "work\($0)"), time: .init(value: 1))
    }
    #expect(comparison.changeSections.count == count)
  }
}
