import Analysis
import Records
import TestSupport
import Testing

struct TableTests {
  @Test("a table per workload and time, not per kernel or amount, follows the order of the plan")
  func separation() {
    var short = stress("single", 1)
    short.duration = 100_000_000
    let configurations = [
      stress("single", 1), sum("single", 1), sum("single", 1, kernel: "vector"), sum("single", 1, upTo: 10),
      short, sum("fork", 2), stress("fork", 2), sum("fork", 2, kernel: "vector"),
    ]
    let analysis = RunAnalysis(
      run(configurations, configurations.indices.map { measured($0, region: 100, result: 1) }))
    #expect(analysis.workloads.map(\.workload) == ["stress", "sum", "stress"])
    #expect(analysis.workloads.map(\.upTo) == [nil, 999_999, nil])
    #expect(analysis.workloads.map(\.duration) == [1_000_000_000, nil, 100_000_000])
    #expect(
      analysis.workloads.map { $0.rows.map(\.configuration) } == [
        [configurations[0], configurations[6]], [1, 2, 3, 5, 7].map { configurations[$0] }, [short],
      ])
  }

  @Test("rows follow the order of the plan, not of the speeds")
  func rowOrder() {
    let configurations = [sum("fork", 4), sum("single", 1), sum("fork", 1)]
    let analysis = RunAnalysis(
      run(configurations, [300, 100, 200].enumerated().map { measured($0, region: $1) }))
    #expect(analysis.workloads.map { $0.rows.map(\.configuration) } == [configurations])
  }

  @Test("every counted configuration is in one table once, over many random plans")
  func everyConfigurationOnce() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<100 {
      let all = ["single", "fork"].flatMap { model in
        [1, 2, 8].flatMap { [sum(model, $0), sum(model, $0, kernel: "vector"), stress(model, $0)] }
      }
      let configurations = Array(
        all.shuffled(using: &generator).prefix(Int.random(in: 0...18, using: &generator)))
      let tried = configurations.indices.filter { _ in Bool.random(using: &generator) }
      let analysis = RunAnalysis(
        run(configurations, tried.map { measured($0, region: 5, result: 1) }))
      let shown = analysis.workloads.flatMap(\.rows).map(\.configuration)
      #expect(shown.count == tried.count)
      #expect(Set(shown) == Set(tried.map { configurations[$0] }))
      for table in analysis.workloads {
        #expect(table.rows.allSatisfy { $0.configuration.workload == table.workload })
        #expect(table.rows.allSatisfy { $0.configuration.duration == table.duration })
        #expect(table.rows.first?.configuration.upTo == table.upTo)
      }
    }
  }
}

struct FastestTests {
  @Test("the fastest configuration has the highest median rate")
  func highestRate() {
    let configurations = [sum("single", 1), sum("fork", 2), sum("dispatch", 4)]
    // A single lucky trial does not win.
    let times: [String: [Double]] = [
      "single": [100, 100, 100], "fork": [40, 40, 40], "dispatch": [50, 60, 1],
    ]
    let analysis = RunAnalysis(run(configurations, rounds: 3) { times[$0.model]?[$1] })
    #expect(analysis.fastest?.row.configuration == configurations[1])
  }

  @Test("the fastest configuration is found in the first table of a fixed amount of work")
  func fixedAmountFirst() {
    let configurations = [
      stress("fork", 4), sum("single", 1), sum("fork", 2), sum("fork", 4, kernel: "vector"),
    ]
    let analysis = RunAnalysis(
      run(
        configurations,
        [
          measured(0, region: 1, result: 1_000_000_000_000), measured(1, region: 100),
          measured(2, region: 90), measured(3, region: 1),
        ]))
    #expect(analysis.fastest?.row.configuration == configurations[2])
  }

  @Test("the fastest configuration has the speedup that is shown, even if another has a shorter median time")
  func agreesWithTable() throws {
    let configurations = [sum("single", 1), sum("fork", 2), sum("dispatch", 2)]
    let times: [String: [Double]] = [
      "single": [100, 200, 400], "fork": [50, 100, 400], "dispatch": [80, 80, 400],
    ]
    let analysis = RunAnalysis(run(configurations, rounds: 3) { times[$0.model]?[$1] })
    #expect(analysis.fastest?.row.configuration == configurations[1])
    #expect(analysis.fastest?.row.speedup == 2)
    let rows = try #require(analysis.workloads.first).rows
    #expect(rows.map(\.speedup) == [1, 2, 1.25] && rows.map(\.region.median) == [200, 100, 80])
  }

  @Test("the fastest configuration has the highest speedup of its table, over many random runs")
  func highestSpeedup() throws {
    var generator = SplitMix64(seed: 19)
    for _ in 0..<200 {
      let configurations = [sum("single", 1), sum("fork", 2), sum("fork", 4), sum("dispatch", 4)]
      let trials = (0..<24).map { number in
        measured(
          number < 4 ? number : .random(in: 0..<4, using: &generator),
          region: .random(in: 1...1000, using: &generator))
      }
      let analysis = RunAnalysis(run(configurations, trials))
      let speedups = try #require(analysis.workloads.first).rows.compactMap(\.speedup)
      #expect(speedups.count == 4)
      #expect(analysis.fastest?.row.speedup == speedups.max())
    }
  }

  @Test("the fastest configuration is in the first table if there is no fixed amount of work")
  func fixedTimeOnly() {
    let configurations = [stress("single", 1), stress("fork", 4)]
    let analysis = RunAnalysis(
      run(configurations, [measured(0, region: 10, result: 10), measured(1, region: 10, result: 30)]))
    #expect(analysis.fastest?.row.configuration == configurations[1])
    #expect(analysis.fastest?.row.speedup == 3)
  }
}
