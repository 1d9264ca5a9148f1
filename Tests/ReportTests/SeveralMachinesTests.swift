import Formatting
import Records
import Testing

@testable import Analysis
@testable import Report

struct SeveralMachinesTests {
  /// A run of `mpi` on two machines beside models on one.
  static let run: RunRecord = {
    let configurations = [
      Configuration(model: "single", workload: "sum", workers: 1, upTo: 2_000_000_000),
      Configuration(model: "fork", workload: "sum", workers: 4, upTo: 2_000_000_000),
      Configuration(model: "mpi", workload: "sum", workers: 4, upTo: 2_000_000_000),
      Configuration(model: "mpi", workload: "sum", workers: 4, threadsPerRank: 2, upTo: 2_000_000_000),
    ]
    var run = syntheticRun
    run.plan = Plan(configurations: configurations, trials: 5, warmUps: 0)
    run.trials = (0..<5).flatMap { round in
      configurations.indices.map { trial(configurations[$0], $0, round) }
    }
    return run
  }()

  private static func trial(_ configuration: Configuration, _ position: Int, _ round: Int) -> Trial {
    let workers = UInt64(configuration.workers)
    let region = 600_000_000 / workers + UInt64(position * 5 + round) * 1_000_000
    var report = TrialRecord(result: ExactInteger(2_000_000_001_000_000_000), region: region)
    report.workers = configuration.workers
    report.shares = (0..<configuration.workers).map { worker in
      Share(
        worker: worker, result: ExactInteger(1), begin: 2_000_000, end: region - 1_000_000,
        cpuTime: region - 8_000_000)
    }
    if configuration.model == "mpi" {
      let threads = configuration.threadsPerRank ?? 1
      for worker in 0..<configuration.workers {
        report.shares?[worker].host = worker / 2
        report.shares?[worker].arrival = 1_500_000
        report.shares?[worker].communication = 3_000_000
      }
      report.hosts = ["left", "right\u{1B}[31m"].enumerated().map { host, name in
        HostUse(
          name: name, ranks: 2 / threads, cores: 4, cpuTime: region * 2,
          clockOffset: host == 0 ? nil : 70_000,
          clockError: host == 0 ? nil : 42_000)
      }
    }
    return Trial(
      configuration: position, round: round, warmUp: false,
      process: ProcessRecord(
        wall: region * 2, userTime: region, systemTime: 0, voluntaryContextSwitches: 1,
        involuntaryContextSwitches: 1, minorPageFaults: 1, majorPageFaults: 0),
      report: report)
  }

  @Test("the report of several machines matches its golden file")
  func golden() throws {
    try compare(runDetails(of: Self.run), "machines.txt")
  }

  @Test("the page has all tables of several machines")
  func page() throws {
    let shown = try parseXML(htmlReport(of: [(record: Self.run, json: "{}")])).all("table").map { table in
      table.all("tr").map { $0.children.map(\.wholeText) }
    }
    let analysis = try #require(RunAnalysis(Self.run).workloads.first)
    let spreads = try #require(Section(spreads: ComparisonRecord.HostSpread.all(in: MeasuredRun(Self.run))))
    for section in [analysis.measuredSection, analysis.hostSection, analysis.lossSection, spreads] {
      let table = try #require(section?.table)
      let rows = table.rows.map { $0.map { Readable.line($0) } }
      #expect(shown.contains([table.columns.map(\.title)] + rows), "\(section?.title ?? "")")
    }
  }

  @Test("a run on one machine has no machines, ranks or messages")
  func nothing() {
    let report = runDetails(of: syntheticRun)
    for word in ["machines", "ranks", "communication"] { #expect(!report.contains(word), "\(word)") }
  }

  @Test("at most 32 machines are listed, with the number of the others")
  func many() {
    var run = Self.run
    for position in run.trials.indices where run.trials[position].report?.hosts != nil {
      run.trials[position].report?.hosts = (0..<100).map {
        HostUse(name: "h\($0)", ranks: 1, cores: 1, cpuTime: 1)
      }
    }
    #expect(runDetails(of: run).contains("\nThe saved run has 168 more rows.\n"))
  }
}
