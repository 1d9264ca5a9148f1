import Analysis
import Records
import TestSupport
import Testing

struct SpeedupTests {
  @Test("the speedup of a fixed amount of work is the median of the ratios of times in the same rounds")
  func fixedAmount() throws {
    // The third round is slow; the ratio of the medians would be 820 / 400.
    let times: [String: [Double]] = [
      "single": [800, 820, 3000], "fork": [400, 400, 1500], "dispatch": [200, 250],
    ]
    let analysis = RunAnalysis(
      run([sum("single", 1), sum("fork", 2), sum("dispatch", 4)], rounds: 3) { configuration, round in
        times[configuration.model].flatMap { round < $0.count ? $0[round] : nil }
      })
    let rows = try #require(analysis.workloads.first).rows
    #expect(rows.map(\.region.median) == [820, 400, 225])
    // The median of the two ratios of `dispatch`.
    let last: Double = (4 + 3.28) / 2
    #expect(rows.map(\.speedup) == [1, 2, last])
    #expect(rows.map(\.efficiency) == [1, 1, last / 4])
  }

  @Test("the speedup of a fixed time is the median of the ratios of rates in the same rounds")
  func fixedTime() throws {
    let counts: [String: [Double]] = ["single": [128, 16, 4096], "fork": [400, 48, 4096]]
    let analysis = RunAnalysis(
      run([stress("single", 1), stress("fork", 4)], rounds: 3) { counts[$0.model]?[$1] })
    let rows = try #require(analysis.workloads.first).rows
    #expect(rows.map(\.rate.median) == [128, 400])
    #expect(rows.map(\.speedup) == [1, 3])
    #expect(rows.map(\.efficiency) == [1, 0.75])
  }

  @Test("speedup is absent without a round that has both")
  func otherRounds() throws {
    let run = run([sum("single", 1), sum("fork", 2)], rounds: 6) { configuration, round in
      (configuration.model == "single") == (round < 3) ? 100 : nil
    }
    #expect(RunAnalysis(run).workloads.first?.rows.map(\.speedup) == [1, nil])
  }

  @Test("the baseline is the model single, wherever it stands in the plan")
  func baselineAnywhere() throws {
    let analysis = RunAnalysis(
      run([sum("fork", 2), sum("single", 1)], [measured(0, region: 250), measured(1, region: 1000)]))
    #expect(try #require(analysis.workloads.first).rows.map(\.speedup) == [4, 1])
  }

  @Test("speedup is absent if single was not run")
  func noBaseline() throws {
    let analysis = RunAnalysis(
      run(
        [sum("fork", 1), sum("fork", 2), stress("fork", 1)],
        [measured(0, region: 100), measured(1, region: 50), measured(2, region: 100, result: 7)]))
    let rows = analysis.workloads.flatMap(\.rows)
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.speedup == nil && $0.efficiency == nil })
  }

  @Test("speedup is absent if single only failed")
  func failedBaseline() throws {
    let analysis = RunAnalysis(
      run([sum("single", 1), sum("fork", 2)], [failed(0), measured(1, region: 50)]))
    let rows = try #require(analysis.workloads.first).rows
    #expect(rows.map(\.configuration.model) == ["fork"])
    #expect(rows.map(\.speedup) == [nil])
  }

  @Test("single of another workload or kernel is not the baseline")
  func otherBaseline() throws {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1), sum("fork", 2, kernel: "vector"), stress("fork", 2)],
        (0..<3).map { measured($0, region: 100, result: 9) }))
    #expect(analysis.workloads.map { $0.rows.map(\.speedup) } == [[1, nil], [nil]])
  }

  @Test("S(p) · T(p) = T(single) holds for any times in a round, and E(p) · p = S(p)")
  func properties() throws {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let workers = Int.random(in: 1...64, using: &generator)
      let trials = (0..<2).map { measured($0, region: .random(in: 1...10_000_000_000, using: &generator)) }
      let rows = try #require(
        RunAnalysis(run([sum("single", 1), sum("fork", workers)], trials)).workloads.first
      ).rows
      try #require(rows.count == 2)
      let speedup = try #require(rows[1].speedup)
      let efficiency = try #require(rows[1].efficiency)
      #expect(rows[0].speedup == 1)
      #expect(abs(speedup * rows[1].region.median / rows[0].region.median - 1) < 1e-12)
      #expect(abs(efficiency * Double(workers) / speedup - 1) < 1e-12)
    }
  }

  @Test("the speedup of a region that took no time is absent, not infinite")
  func zeroRegion() throws {
    let analysis = RunAnalysis(
      run(
        [sum("single", 1), sum("fork", 2)],
        [measured(0, region: 100), measured(1, region: 0), measured(1, region: 0), measured(1, region: 50)]))
    let row = try #require(analysis.workloads.first?.rows.last)
    #expect(row.configuration.model == "fork")
    #expect(row.trials == 1 && row.speedup == 2 && row.rate.median.isFinite)
  }
}
