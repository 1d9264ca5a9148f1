import Analysis
import Records
import TestSupport
import Testing

struct SpeedupIntervalTests {
  private func rows(_ run: RunRecord) throws -> [ConfigurationAnalysis] {
    try #require(RunAnalysis(run).workloads.first).rows
  }

  @Test("the interval contains the estimate over many random runs of fixed amount and fixed time")
  func containEstimate() throws {
    var generator = SplitMix64(seed: 61)
    for number in 0..<60 {
      let workers = Int.random(in: 1...16, using: &generator)
      let make = number.isMultiple(of: 2) ? { sum($0, $1) } : stress
      let run = run(
        [make("single", 1), make("fork", workers)], rounds: .random(in: 5...30, using: &generator)
      ) { configuration, _ in
        1e9 / Double(configuration.workers) * noise(0.2, &generator)
      }
      let row = try #require(try rows(run).last)
      let (speedup, interval) = (try #require(row.speedup), try #require(row.speedupInterval))
      #expect(interval.contains(speedup) && interval.lower > 0)
      let (efficiency, its) = (try #require(row.efficiency), try #require(row.efficiencyInterval))
      #expect(its.contains(efficiency))
      #expect(abs(its.lower * Double(workers) / interval.lower - 1) < 1e-12)
      #expect(abs(its.upper * Double(workers) / interval.upper - 1) < 1e-12)
    }
  }

  @Test("intervals pair the trials of a round: a disturbed round does not widen them")
  func paired() throws {
    var generator = SplitMix64(seed: 62)
    var disturbance = 1.0
    let run = run([sum("single", 1), sum("fork", 4)], rounds: 12) { configuration, _ in
      if configuration.model == "single" { disturbance = noise(0.4, &generator) }
      return 1e9 * disturbance / (configuration.workers == 1 ? 1 : 3.2)
    }
    let row = try #require(try rows(run).last)
    let interval = try #require(row.speedupInterval)
    #expect(interval.lower > 3.19999 && interval.upper < 3.20001)
    #expect(try #require(row.precision) > 0.05)
  }

  @Test("intervals are of rates for another N and for a fixed time")
  func rates() throws {
    let peer = Configuration(model: "slow", isPeer: true, workload: "sum", workers: 2, upTo: 99_999)
    let slow = try rows(
      run([sum("single", 1), peer], rounds: 6) { configuration, round in
        (configuration.model == "slow" ? 4e8 : 1e9) * (1 + 0.01 * Double(round))
      })[1]
    // A tenth of the numbers in two fifths of the time.
    #expect(abs(try #require(slow.speedupInterval).lower - 0.25) < 1e-9)
    let stressed = try rows(
      run([stress("single", 1), stress("fork", 2)], rounds: 6) { configuration, round in
        Double(configuration.workers * 1000 * (10 + round))
      })[1]
    #expect(abs(try #require(stressed.speedupInterval).lower - 2) < 1e-9)
    #expect(abs(try #require(stressed.speedupInterval).upper - 2) < 1e-9)
  }

  @Test("intervals compare with single of the same kernel")
  func kernels() throws {
    let rows = try rows(
      run(
        [
          sum("single", 1), sum("single", 1, kernel: "simd"), sum("fork", 4), sum("fork", 4, kernel: "simd"),
          sum("fork", 4, kernel: "avx2"),
        ], rounds: 5
      ) { configuration, _ in
        8e8 / (configuration.workers == 1 ? 1 : configuration.kernel == "simd" ? 2 : 3.2)
          / (configuration.kernel == "simd" ? 10 : 1)
      })
    #expect(rows.map(\.speedupInterval?.lower) == [nil, nil, 3.2, 2, nil])
  }

  @Test("intervals are absent for single, without single, and for fewer than five rounds with both")
  func undefined() throws {
    func intervals(_ configurations: [Configuration], rounds: Int, isLost: (String, Int) -> Bool) throws
      -> [Bool]
    {
      let run = run(configurations, rounds: rounds) { configuration, round in
        isLost(configuration.model, round) ? nil : 1000 + Double(round)
      }
      return try rows(run).map { $0.speedupInterval != nil }
    }
    let both = [sum("single", 1), sum("fork", 2)]
    #expect(try intervals(both, rounds: 5) { _, _ in false } == [false, true])
    #expect(try intervals(both, rounds: 4) { _, _ in false } == [false, false])
    #expect(try intervals([sum("fork", 2)], rounds: 9) { _, _ in false } == [false])
    #expect(try intervals(both, rounds: 9) { model, _ in model == "single" } == [false])
    // Six trials each, and four rounds with both.
    #expect(try intervals(both, rounds: 8) { $0 == "single" ? $1 < 2 : $1 > 5 } == [false, false])
    #expect(try intervals(both, rounds: 9) { $0 == "single" ? $1 < 2 : $1 > 6 } == [false, true])
  }
}
