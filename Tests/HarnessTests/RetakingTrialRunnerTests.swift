import Records
import Testing

@testable import Harness

struct RetakingTrialRunnerTests {
  /// A runner whose trials are disturbed as a list says, and after its end as its last entry says. Trials take as many
  /// seconds as were taken before, and one more.
  private func runner(_ disturbed: [Bool]) -> MockRunner {
    MockRunner { _, position in
      let isDisturbed = disturbed[min(position, disturbed.count - 1)]
      return .measured(
        processRecord(wall: UInt64(position + 1) * 1_000_000_000, foreignLoad: isDisturbed ? 0.5 : 0.1),
        TrialRecord(result: ExactInteger(0), region: UInt64(position + 1)))
    }
  }

  /// Runs trials, and returns the attempts at each and the attempt that was kept, counted from 1 over all trials.
  private func run(_ runner: MockRunner, times: Int) throws -> (attempts: [Int], kept: [UInt64]) {
    let retaking = RetakingTrialRunner(runner)
    var (attempts, kept): ([Int], [UInt64]) = ([], [])
    for _ in 0..<times {
      let before = runner.asked.count
      let outcome = try retaking.run(sum("m", 2), timeout: 7)
      attempts.append(runner.asked.count - before)
      if case .measured(_, let report) = outcome { kept.append(report.region) }
    }
    return (attempts, kept)
  }

  @Test(
    "a disturbed trial is taken again, at most twice",
    arguments: [
      ([false], 1), ([true, false], 2), ([true, true, false], 3), ([true, true, true], 3), ([true], 3),
    ])
  func retaken(disturbed: [Bool], attempts: Int) throws {
    let runner = runner(disturbed)
    let result = try run(runner, times: 1)
    #expect(result.attempts == [attempts] && result.kept == [UInt64(attempts)])
    #expect(runner.asked.allSatisfy { $0 == sum("m", 2) } && runner.timeouts.allSatisfy { $0 == 7 })
  }

  @Test("the limit of foreign load decides what is disturbed", arguments: [(0.4, 3), (0.6, 1)])
  func otherLimit(limit: Double, attempts: Int) throws {
    let runner = runner([true])
    _ = try RetakingTrialRunner(runner, mostForeignLoad: limit).run(sum("m", 2), timeout: 7)
    #expect(runner.asked.count == attempts)
  }

  @Test("after five trials that stayed disturbed, trials are taken once until one is undisturbed")
  func busyMachine() throws {
    let runner = runner(Array(repeating: true, count: 15) + [true, true, false, true, false, false])
    let result = try run(runner, times: 10)
    #expect(result.attempts == [3, 3, 3, 3, 3, 1, 1, 1, 2, 1])
    #expect(result.kept == [3, 6, 9, 12, 15, 16, 17, 18, 20, 21])
  }

  @Test("a trial that was replaced ends a row of disturbed ones")
  func interruptedRow() throws {
    let row = Array(repeating: true, count: 12)
    let runner = runner(row + [true, false] + row + [true])
    #expect(try run(runner, times: 10).attempts == [3, 3, 3, 3, 2, 3, 3, 3, 3, 3])
  }

  @Test("a trial is not taken again because it failed, took long, or has an unknown load")
  func notRetaken() throws {
    for outcome in [
      .failed(reason: "broke", processRecord(wall: 1_000_000_000, foreignLoad: 2)),
      measured(wall: 1_000_000_000_000), measured(wall: 1),
    ] as [TrialOutcome] {
      let runner = MockRunner { _, _ in outcome }
      #expect(try RetakingTrialRunner(runner).run(sum("m", 2), timeout: 7) == outcome)
      #expect(runner.asked.count == 1)
    }
  }

  @Test("an interruption ends the attempts")
  func interruption() {
    let runner = MockRunner { (_, position) throws(Interruption) in
      if position == 1 { throw Interruption(signal: 2) }
      return .measured(
        processRecord(wall: 1_000_000_000, foreignLoad: 2), TrialRecord(result: ExactInteger(0), region: 1))
    }
    #expect(throws: Interruption(signal: 2)) {
      try RetakingTrialRunner(runner).run(sum("m", 2), timeout: 7)
    }
  }
}
