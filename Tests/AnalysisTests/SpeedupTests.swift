import Analysis
import Records
import TestSupport
import Testing

struct SpeedupTests {
  @Test("the speedup of a fixed amount of work is a ratio of median times")
  func fixedAmount() throws {
    // The medians are 800, 400 and 250; the means and the least times would give other ratios.
    let analysis = RunAnalysis(
      run(
        [sum("single", 1), sum("fork", 2), sum("dispatch", 4)],
        [
          measured(0, region: 800), measured(0, region: 801), measured(0, region: 10),
          measured(1, region: 400), measured(1, region: 90_000), measured(1, region: 399),
          measured(2, region: 100), measured(2, region: 400),
        ]))
    let rows = try #require(analysis.workloads.first).rows
    #expect(rows.map(\.region.median) == [800, 400, 250])
    #expect(rows.map(\.speedup) == [1, 2, 3.2])
    #expect(rows.map(\.efficiency) == [1, 1, 0.8])
  }

  @Test("the speedup of a fixed time is a ratio of median rates")
  func fixedTime() throws {
    let second: UInt64 = 1_000_000_000
    let analysis = RunAnalysis(
      run(
        [stress("single", 1), stress("fork", 4)],
        [
          measured(0, region: second, result: 100), measured(0, region: second, result: 1),
          measured(0, region: second, result: 5000),
          measured(1, region: second, result: 300), measured(1, region: 2 * second, result: 600),
          measured(1, region: second, result: 1),
        ]))
    let rows = try #require(analysis.workloads.first).rows
    #expect(rows.map(\.rate.median) == [100, 300])
    #expect(rows.map(\.speedup) == [1, 3])
    #expect(rows.map(\.efficiency) == [1, 0.75])
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

  @Test("S(p) · T(p) = T(single) and E(p) · p = S(p) hold for any times")
  func properties() throws {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let workers = Int.random(in: 1...64, using: &generator)
      let trials = (0..<10).map { number in
        measured(number % 2, region: .random(in: 1...10_000_000_000, using: &generator))
      }
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
