import Analysis
import Records
import TestSupport
import Testing

/// A run of 64 configurations in 156 rounds: about ten thousand trials, each with the shares of up to 16 workers.
struct LargeRunTests {
  private static let configurations = ["scalar", "simd"].flatMap { kernel in
    [sum("single", 1, kernel: kernel)]
      + ["fork", "dispatch", "taskgroup", "threads"].flatMap { model in
        (kernel == "scalar" || model != "threads" ? [1, 2, 3, 4, 6, 8, 12, 16] : [1, 2, 4, 8, 12, 16]).map {
          sum(model, $0, kernel: kernel)
        }
      }
  }

  /// Amdahl's law with a serial part of a twentieth, half a percent of noise, and one outlier a configuration.
  private static func run() -> RunRecord {
    var generator = SplitMix64(seed: 68)
    var run = AnalysisTests.run(configurations, rounds: 156, effectiveCPUs: 16) { configuration, round in
      let position = configurations.firstIndex(of: configuration) ?? 0
      let workers = Double(configuration.workers)
      let time = (configuration.kernel == "simd" ? 6e7 : 6e8) * (0.05 + 0.95 / workers)
      return time * noise(0.005, &generator) * (round == position * 2 ? 2 : 1)
    }
    for place in run.trials.indices {
      guard var report = run.trials[place].report else { continue }
      let (workers, region) = (configurations[run.trials[place].configuration].workers, report.region)
      report.workers = workers
      report.shares = (0..<workers).map { worker in
        let (begin, end) = (UInt64(worker) * 1000, region - UInt64(worker) * 2000)
        return Share(
          worker: worker, result: ExactInteger(1), begin: begin, end: end, cpuTime: (end - begin) / 10 * 9)
      }
      run.trials[place].report = report
    }
    return run
  }

  @Test("a run of ten thousand trials has its intervals, outliers, losses, laws and serial fractions")
  func analysis() throws {
    let run = Self.run()
    #expect(run.trials.count == 64 * 156)
    let analysis = RunAnalysis(run)
    let table = try #require(analysis.workloads.first)
    #expect(table.rows.count == 64 && table.rows.allSatisfy { $0.trials == 156 })
    for (position, row) in table.rows.enumerated() {
      #expect(row.outliers?.map(\.round) == [position * 2])
      if row.configuration.model == "single" { continue }
      let (speedup, interval) = (try #require(row.speedup), try #require(row.speedupInterval))
      let truth = 1 / (0.05 + 0.95 / Double(row.configuration.workers))
      #expect(interval.contains(speedup) && abs(speedup / truth - 1) < 0.005)
      #expect(interval.upper - interval.lower < 0.01 * speedup)
      if let losses = row.losses {
        #expect(losses.trials == 156)
        #expect(abs(losses.lost / losses.coreTime - (1 - truth / Double(losses.workers))) < 0.01)
      }
    }
    #expect(table.rows.compactMap(\.losses).count == 64 - 2 - 8)
    #expect(run.outlierFlags.count { $0 == true } == 64)
    #expect(table.scalings.count == 8)
    for scaling in table.scalings {
      #expect(abs(try #require(scaling.fit.fit(of: .amdahl)?.value(of: .f)) - 0.05) < 0.002)
      #expect(scaling.serialFraction?.finding == .constant)
    }
    let drift = try #require(analysis.drift)
    #expect(drift.rounds == 156 && abs(drift.change) < 0.005)
  }
}
