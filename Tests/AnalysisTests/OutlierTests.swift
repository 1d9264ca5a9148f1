import Analysis
import Records
import TestSupport
import Testing

struct OutlierTests {
  private func outliers(_ run: RunRecord) -> [[Outlier]?] {
    RunAnalysis(run).workloads.flatMap(\.rows).map(\.outliers)
  }

  /// Times that scatter a little, but for one.
  private func time(_ round: Int, far: Int, factor: Double) -> Double {
    1000 * (1 + 0.01 * Double(round % 3)) * (round == far ? factor : 1)
  }

  @Test("an outlier has its round and its distance from the median")
  func found() throws {
    let run = run([sum("single", 1), sum("fork", 2), stress("fork", 2)], rounds: 9) { configuration, round in
      let far = configuration.model == "single" ? -1 : configuration.upTo == nil ? 7 : 3
      return self.time(round, far: far, factor: 1.5)
    }
    let found = outliers(run)
    #expect(found[0] == [])
    #expect(found[1]?.map(\.round) == [3] && found[2]?.map(\.round) == [7])
    #expect(found[1]?.first?.ratio == 1500.0 / 1010)
    #expect(abs(try #require(found[2]?.first).ratio - 1515.0 / 1010) < 1e-9)
  }

  @Test("outliers are kept")
  func kept() throws {
    let row = try #require(
      RunAnalysis(run([sum("single", 1)], rounds: 7) { self.time($1, far: 3, factor: 9) }).workloads.first?
        .rows
        .first)
    #expect(row.trials == 7 && row.region.maximum == 9000 && row.outliers?.count == 1)
  }

  @Test("outliers are flagged per trial, and trials that do not count have no flag")
  func flags() {
    var run = run([sum("single", 1), sum("fork", 2)], rounds: 8) { configuration, round in
      configuration.model == "fork" && round == 2 ? nil : self.time(round, far: 5, factor: 3)
    }
    run.trials.insert(measured(0, region: 90_000, warmUp: true), at: 0)
    run.trials.append(measured(9, region: 90_000))
    let flags = run.outlierFlags
    #expect(flags.count == run.trials.count)
    for (trial, flag) in zip(run.trials, flags) {
      let counts = !trial.warmUp && trial.failure == nil && trial.configuration != 9
      #expect(flag == (counts ? trial.round == 5 : nil))
    }
    let found = outliers(run).compactMap(\.self).reduce(0) { $0 + $1.count }
    #expect(flags.count { $0 == true } == found)
  }

  @Test("outliers are undefined among fewer than five trials, or if more than half are equal")
  func undefined() {
    let few = run([sum("single", 1)], rounds: 4) { self.time($1, far: 3, factor: 9) }
    #expect(outliers(few) == [nil] && few.outlierFlags == [nil, nil, nil, nil])
    let equal = run([sum("single", 1)], rounds: 9) { $1 == 4 ? 5000 : 1000 }
    #expect(outliers(equal) == [nil] && equal.outlierFlags.allSatisfy { $0 == nil })
  }
}
