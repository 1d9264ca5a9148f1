import Records
import TestSupport
import Testing

@testable import Analysis

/// Runs of commands: `a` and `b`, each with its own trials with one worker.
struct CommandTests {
  private func command(_ name: String, _ workers: Int, isParallel: Bool = false) -> Configuration {
    Configuration(
      model: name, workload: "command", workers: workers,
      command: CommandWork(line: "\(name) {workers}", isParallel: isParallel ? true : nil))
  }

  /// Makes a run of rounds.
  ///
  /// - Parameter value: The wall and the CPU time of a trial, in milliseconds.
  private func commandRun(
    _ configurations: [Configuration], rounds: Int = 6,
    _ value: (Configuration, Int) -> (wall: Double, cpu: Double)
  ) -> RunRecord {
    let trials = (0..<rounds).flatMap { round in
      configurations.enumerated().map { position, configuration in
        let (wall, cpu) = value(configuration, round)
        let copies = configuration.command?.isParallel == true ? configuration.workers : 1
        let nanoseconds = UInt64(wall * 1e6)
        var trial = measured(
          position, region: nanoseconds, result: UInt128(copies),
          process: process(wall: nanoseconds, user: UInt64(cpu * 1e6)))
        trial.round = round
        return trial
      }
    }
    return run(configurations, trials)
  }

  @Test("the speedup of a command is over its own trials with one worker, in the same rounds")
  func speedup() throws {
    let configurations = [command("a", 1), command("a", 4), command("b", 1), command("b", 2)]
    let record = commandRun(configurations) { configuration, round in
      let base = configuration.model == "a" ? 400.0 : 1000
      // What slows a whole round cancels.
      return (base / Double(configuration.workers == 1 ? 1 : 2) * Double(round + 1), 100)
    }
    let analysis = RunAnalysis(record)
    let workload = try #require(analysis.workloads.first)
    #expect(analysis.workloads.count == 1 && workload.workload == "command")
    #expect(workload.rows.map(\.speedup) == [1, 2, 1, 2])
    #expect(workload.rows.map(\.efficiency) == [1, 0.5, 1, 1])
    #expect(workload.rows.allSatisfy { $0.overScalar == nil })
    #expect(workload.rows[0].speedupInterval == nil && workload.rows[1].speedupInterval != nil)
  }

  @Test("the parts of a command's loss add up to p·T − T_1, whatever its times")
  func losses() throws {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let isParallel = Bool.random(using: &generator)
      let configurations = [command("a", 1, isParallel: isParallel), command("a", 3, isParallel: isParallel)]
      let times = configurations.map { _ in
        (Double.random(in: 1...1000, using: &generator), Double.random(in: 0...3000, using: &generator))
      }
      let record = commandRun(configurations, rounds: 1) { configuration, _ in
        times[configuration.workers == 1 ? 0 : 1]
      }
      let row = try #require(RunAnalysis(record).workloads.first?.rows.last)
      let losses = try #require(row.losses)
      let work = isParallel ? 3.0 : 1
      let lost = 3 * times[1].0 - work * times[0].0
      #expect(abs(losses.lost / 1e6 - lost) < 1e-4)
      #expect(abs((losses.parts[.extraCPUTime] ?? 0) / 1e6 - (times[1].1 - work * times[0].1)) < 1e-4)
      #expect(Set(losses.parts.keys) == [.extraCPUTime, .unusedCores])
    }
  }

  @Test("several executions at once do as many times the work")
  func parallel() throws {
    let configurations = [command("a", 1, isParallel: true), command("a", 4, isParallel: true)]
    let record = commandRun(configurations) { configuration, _ in
      configuration.workers == 1 ? (100, 100) : (125, 480)
    }
    let row = try #require(RunAnalysis(record).workloads.first?.rows.last)
    #expect(abs((row.speedup ?? 0) - 3.2) < 1e-9 && abs((row.efficiency ?? 0) - 0.8) < 1e-9)
    #expect(abs(row.rate.median - 32) < 1e-9)
  }

  @Test("core utilization is that of the whole process tree, and the time is what is ranked and compared")
  func utilization() throws {
    let record = commandRun([command("a", 1), command("a", 2)]) { configuration, _ in
      (100, 90 * Double(configuration.workers))
    }
    let row = try #require(RunAnalysis(record).workloads.first?.rows.last)
    #expect(abs((row.median(of: \.utilization) ?? 0) - 1.8 / 4) < 1e-9)
    #expect(row.measured.samples == Array(repeating: 100e6, count: 6))
    #expect(row.median(of: \.fairness) == nil && row.median(of: \.imbalance) == nil)
  }

  @Test("laws are fitted to a command, and predict its speedup")
  func laws() throws {
    let record = commandRun((1...4).map { command("a", $0) }) { configuration, round in
      // Amdahl's law with a tenth that is serial.
      let time = 1000 * (0.1 + 0.9 / Double(configuration.workers))
      return (time * (1 + 0.001 * Double(round % 3)), 1000)
    }
    let scaling = try #require(RunAnalysis(record).workloads.first?.scalings.first)
    let fit = try #require(scaling.fit.fit(of: .amdahl))
    #expect(abs((fit.value(of: .f) ?? 0) - 0.1) < 0.01)
    #expect(abs((fit.predictions.first { $0.workers == 8 }?.speedup ?? 0) - 8 / 1.7) < 0.1)
    #expect(scaling.serialFraction?.finding == .constant)
  }

  @Test("runs of the same command are compared, those of another command line are not")
  func comparison() throws {
    let configurations = [command("a", 1), command("a", 4)]
    let old = commandRun(configurations) { configuration, _ in (400 / Double(configuration.workers), 100) }
    let new = commandRun(configurations) { configuration, _ in (200 / Double(configuration.workers), 100) }
    let gate = Gate(.efficiency, limit: 0.05)
    let sides: [ComparisonRecord.Run] = [.init(old, name: "old"), .init(new, name: "new")]
    let record = ComparisonRecord([[old], [new]], sides, gates: [gate])
    #expect(record.changes.map { ($0.time.value * 1000).rounded() } == [500, 500])
    #expect(record.changes.map { $0.efficiency == nil } == [true, false])
    // Only what has an efficiency is judged by it.
    #expect(record.gates.first?.count == 1)
    #expect(record.gains.map { ($0.gain.value * 1000).rounded() } == [2000])
    var other = new
    for position in other.plan.configurations.indices {
      other.plan.configurations[position].command?.line = "c"
    }
    let refused = ComparisonRecord([[old], [other]], sides)
    #expect(
      refused.changes.isEmpty && refused.refusals.contains { $0.contains("('c') is not compared: only new") })
    #expect(!old.plan.isComparable(with: other.plan) && old.plan.isComparable(with: new.plan))
  }
}
