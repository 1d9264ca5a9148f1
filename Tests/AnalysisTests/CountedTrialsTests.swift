import Analysis
import Records
import TestSupport
import Testing

struct CountedTrialsTests {
  @Test("warm-up trials never count")
  func warmUps() throws {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1)],
        [
          measured(0, region: 9000, warmUp: true, process: process(wall: 1, user: 100)),
          measured(0, region: 100),
        ]
      ))
    let row = try #require(analysis.workloads.first?.rows.first)
    #expect(row.trials == 1)
    #expect(row.region.maximum == 100)
    #expect(row.median(of: \.busyCores) == nil)
  }

  @Test("failed trials never count, not even their process accounting")
  func failures() throws {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1)],
        [failed(0), measured(0, region: 100, process: process(wall: 100, user: 50)), failed(0)]))
    let row = try #require(analysis.workloads.first?.rows.first)
    #expect(row.trials == 1)
    #expect(row.median(of: \.busyCores) == 0.5)
  }

  @Test("a trial with both a report and a failure does not count")
  func reportAndFailure() throws {
    var both = measured(0, region: 1)
    both.failure = "computed a wrong answer"
    let analysis = RunAnalysis(run([sum("single", 1)], [both, measured(0, region: 100)]))
    let row = try #require(analysis.workloads.first?.rows.first)
    #expect(row.trials == 1)
    #expect(row.region.minimum == 100)
    #expect(analysis.failures.map(\.reason) == ["computed a wrong answer"])
  }

  @Test("a configuration counts its own trials only")
  func separation() throws {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1), sum("fork", 2)],
        [measured(1, region: 50), measured(0, region: 100), measured(1, region: 70)]))
    #expect(analysis.workloads.map { $0.rows.map(\.trials) } == [[1, 2]])
    #expect(analysis.workloads.map { $0.rows.map(\.region.median) } == [[100, 60]])
  }

  @Test("a configuration with only failures or warm-ups is in no table")
  func nothingCounts() {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1), sum("fork", 2), stress("fork", 2), stress("single", 1)],
        [measured(0, region: 100), failed(1), measured(2, region: 5, result: 5, warmUp: true)]))
    #expect(analysis.workloads.map(\.workload) == ["sum"])
    #expect(analysis.workloads.map { $0.rows.map(\.configuration.model) } == [["single"]])
    #expect(analysis.failures.count == 1)
  }

  @Test("a run interrupted before its first trial has no table and no fastest configuration")
  func emptyRun() {
    let analysis = RunAnalysis(run([sum("single", 1)], []))
    #expect(analysis.workloads.isEmpty && analysis.failures.isEmpty && analysis.fastest == nil)
  }

  @Test("trials do not count if every region took no time")
  func zeroRegions() {
    let analysis = RunAnalysis(run([sum("single", 1)], [measured(0, region: 0), measured(0, region: 0)]))
    #expect(analysis.workloads.isEmpty && analysis.fastest == nil)
  }

  @Test("trials of a configuration that is not in the plan do not count")
  func unknownConfiguration() {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1)],
        [
          measured(-1, region: 1), measured(1, region: 1), measured(.max, region: 1),
          measured(.min, region: 1),
          failed(1), failed(-1), measured(0, region: 100),
        ]))
    #expect(analysis.workloads.map { $0.rows.map(\.trials) } == [[1]])
    #expect(analysis.workloads.first?.rows.first?.region.minimum == 100)
    #expect(analysis.failures.isEmpty)
  }

  @Test("the order of the trials does not change the result")
  func order() {
    var generator = SplitMix64(seed: 6)
    let configurations = [sum("single", 1), sum("fork", 2), stress("single", 1), stress("fork", 2)]
    let trials = (0..<40).map { round in
      var trial = measured(
        .random(in: 0..<4, using: &generator), region: .random(in: 1...1_000_000, using: &generator),
        result: 1000, warmUp: Int.random(in: 0..<5, using: &generator) == 0)
      trial.round = round
      return trial
    }
    let analysis = RunAnalysis(run(configurations, trials))
    #expect(analysis.workloads.count == 2)
    for _ in 0..<50 {
      #expect(RunAnalysis(run(configurations, trials.shuffled(using: &generator))) == analysis)
    }
  }

  @Test("failed trials are listed in the order they ran, warm-ups included")
  func failureOrder() {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1), sum("fork", 2)],
        [failed(1, "first", warmUp: true), measured(0, region: 1), failed(0, "second"), failed(1, "third")]))
    #expect(analysis.failures.map(\.reason) == ["first", "second", "third"])
    #expect(analysis.failures.map(\.configuration.model) == ["fork", "single", "fork"])
  }
}
