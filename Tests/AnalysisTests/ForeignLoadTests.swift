import Analysis
import Records
import TestSupport
import Testing

/// Trials that other programs disturbed.
struct ForeignLoadTests {
  private func process(wall: UInt64, own: UInt64, busy: UInt64?) -> ProcessRecord {
    var process = ProcessRecord(
      wall: wall, userTime: own - own / 10, systemTime: own / 10, voluntaryContextSwitches: 0,
      involuntaryContextSwitches: 0, minorPageFaults: 0, majorPageFaults: 0)
    if let busy { process.activity = Activity(busy: busy) }
    return process
  }

  /// The models with two workers take half of the time of `single`, and some trials are disturbed and five times as long.
  private func run(
    _ models: [String] = ["single", "fork", "threads"], rounds: Int = 6, limit: Double? = nil,
    isDisturbed: (String, Int) -> Bool
  ) -> RunRecord {
    let configurations = models.map { sum($0, $0 == "single" ? 1 : 2) }
    var record = AnalysisTests.run(configurations, rounds: rounds) { configuration, round in
      (configuration.workers == 1 ? 400e6 : 200e6) * (1 + 0.001 * Double(round))
        * (isDisturbed(configuration.model, round) ? 5 : 1)
    }
    for place in record.trials.indices {
      let trial = record.trials[place]
      let (model, time) = (models[trial.configuration], trial.report?.region ?? 0)
      record.trials[place].process = process(
        wall: time, own: time, busy: isDisturbed(model, trial.round) ? 2 * time : time)
    }
    record.plan.mostForeignLoad = limit
    return record
  }

  @Test("foreign load is what the cores were busy with beyond the program's own CPU time")
  func load() {
    #expect(process(wall: 200_000_000, own: 380_000_000, busy: nil).foreignLoad == nil)
    #expect(process(wall: 200_000_000, own: 380_000_000, busy: 400_000_000).foreignLoad == 0.1)
    #expect(process(wall: 200_000_000, own: 380_000_000, busy: 300_000_000).foreignLoad == 0)
    #expect(process(wall: 0, own: 0, busy: 5).foreignLoad == nil)
  }

  @Test("a load above 0.15 cores disturbs, unless it is so short that it may be rounding")
  func threshold() {
    for (wall, foreign, isDisturbed) in [
      (1_000, 149, false), (1_000, 151, true), (150, 29, false), (150, 31, true), (20, 20, false),
      (10_000, 1_000, false),
    ] as [(UInt64, UInt64, Bool)] {
      let one = process(wall: wall * 1_000_000, own: wall, busy: wall + foreign * 1_000_000)
      #expect(one.isDisturbed() == isDisturbed, "\(foreign) ms of \(wall) ms")
    }
    let one = process(wall: 1_000_000_000, own: 0, busy: 900_000_000)
    #expect(one.isDisturbed(beyond: 0.5) && !one.isDisturbed(beyond: 1))
    #expect(!process(wall: 1_000_000_000, own: 0, busy: nil).isDisturbed(beyond: 0))
  }

  @Test("disturbed trials are left out of every statistic, and a round with one of them is no pair")
  func leftOut() throws {
    let quiet = RunAnalysis(run { _, _ in false })
    let analysis = RunAnalysis(run { model, round in model == "fork" && round == 2 })
    #expect(analysis.disturbed == 1 && analysis.trials == 18 && !analysis.isTooBusy)
    let rows = try #require(analysis.workloads.first?.rows)
    #expect(rows.map(\.trials) == [6, 5, 6] && rows.map(\.measured.disturbed.count) == [0, 1, 0])
    for (row, other) in zip(rows, try #require(quiet.workloads.first?.rows)) {
      #expect(try abs(#require(row.speedup) / #require(other.speedup) - 1) < 0.01)
    }
    #expect(rows[1].region.maximum < 300e6)
    let single = RunAnalysis(run { model, round in model == "single" && round < 2 })
    let pairs = try #require(single.workloads.first?.rows.last)
    #expect(pairs.trials == 6 && pairs.speedupInterval == nil, "four rounds have both")
  }

  @Test("of a configuration whose every trial was disturbed, the time is shown, and nothing is concluded")
  func everyTrial() throws {
    let analysis = RunAnalysis(run { model, _ in model == "fork" })
    let fork = try #require(analysis.workloads.first?.rows[1])
    #expect(fork.measured.isDisturbed && fork.region.median > 900e6)
    #expect(fork.speedup == nil && fork.precision == nil && fork.losses == nil)
    let leader = try #require(analysis.fastest)
    #expect(leader.row.configuration.model == "threads" && !leader.isTested && leader.rivals == 2)
  }

  @Test("a run is too busy to tell if more than half of its trials were disturbed")
  func tooBusy() {
    #expect(!RunAnalysis(run { _, round in round < 3 }).isTooBusy)
    #expect(RunAnalysis(run { _, round in round < 4 }).isTooBusy)
    #expect(!RunAnalysis(run(limit: 2) { _, round in round < 4 }).isTooBusy, "the plan tolerates more")
  }

  @Test("a configuration without an undisturbed trial is not compared")
  func comparison() {
    let quiet = run { _, _ in false }
    let comparison = ComparisonRecord(between: [quiet, run { model, _ in model == "fork" }])
    #expect(comparison.changes.map(\.configuration.model) == ["single", "threads"])
    #expect(
      comparison.refusals.contains(
        "1 configuration is not compared: other programs disturbed every trial of it in B; measure B again."))
  }
}
