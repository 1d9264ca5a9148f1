import Foundation
import Records
import TestSupport
import Testing

/// Forked workers that are lost at random moments, and replaced.
@Suite struct ForkRecoveryTests {
  /// What is to be computed, with what must come out.
  static let finite: [(words: [String], result: UInt128)] = [
    (["sum", "--upto", "4e7"], 800_000_020_000_000), (["primes", "--upto", "1e6"], 78_498),
  ].flatMap { work in
    [[], ["--grain", "10_007"], ["--schedule", "dynamic", "--grain", "10_007"], ["--schedule", "guided"]].map
    {
      (work.0 + $0, work.1)
    }
  }

  @Test(arguments: finite.indices)
  func `workers that are killed are replaced, and the answer stays exact`(position: Int) throws {
    let (words, result) = Self.finite[position]
    var generator = SplitMix64(seed: UInt64(position))
    var replaced = 0
    for signals in [[SIGKILL], [SIGKILL, SIGTERM, SIGKILL], [SIGSEGV, SIGKILL, SIGKILL, SIGABRT, SIGKILL]] {
      let running = try startWithWorkers(3, words + ["--retries", "5", "--json"])
      for signal in signals {
        usleep(UInt32.random(in: 0..<20_000, using: &generator))
        if let victim = workers(of: running).randomElement(using: &generator) { kill(victim, signal) }
      }
      let record = try record(of: running)
      #expect(record.result.value == result)
      // On a busy machine a signal may come when the work is done.
      let restarts = record.restarts ?? []
      #expect(restarts.count <= signals.count)
      replaced += restarts.count
      for restart in restarts {
        #expect((0..<3).contains(restart.worker) && restart.region == 0)
        #expect(restart.cause.hasPrefix("was ended by signal "))
        #expect(restart.lost <= restart.at && restart.at <= record.region)
      }
      let shares = try #require(record.shares)
      #expect(shares.reduce(0) { $0 + $1.result.value } == result)
      #expect(shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region })
      if record.grain != nil {
        #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == record.upTo.map { $0 + 1 })
      }
    }
    #expect(replaced > 0)
  }

  @Test(arguments: [
    [], ["--schedule", "dynamic", "--grain", "10"], ["--schedule", "guided", "--grain", "10"],
  ])
  func `workers are replaced in whatever region they are killed`(schedule: [String]) throws {
    var generator = SplitMix64(seed: 5)
    for workload in [["sum", "--upto", "1000"], ["empty", "--upto", "1000"]] {
      let running = try startWithWorkers(
        2, workload + schedule + ["--repetitions", "4000", "--retries", "5", "--json"])
      for _ in 0..<5 {
        if let victim = workers(of: running).randomElement(using: &generator) { kill(victim, SIGKILL) }
        usleep(UInt32.random(in: 0..<15_000, using: &generator))
      }
      let record = try record(of: running)
      #expect(record.result.value == (workload[0] == "sum" ? 500_500 : 0))
      #expect(record.regions?.count == 4000)
      let restarts = try #require(record.restarts)
      #expect((1...5).contains(restarts.count))
      #expect(restarts.map(\.region) == restarts.map(\.region).sorted())
    }
  }

  @Test func `a stress whose workers are killed lasts as long, and counts what was reported`() throws {
    let running = try startWithWorkers(3, ["stress", "--seconds", "0.5", "--json"])
    for victim in workers(of: running).dropFirst() { kill(victim, SIGKILL) }
    let record = try record(of: running)
    #expect(record.region >= 500_000_000 && record.result.value > 0)
    #expect(record.restarts?.count == 2)
    for share in try #require(record.shares) {
      #expect(share.slices?.reduce(0, +) == UInt64(share.result.value))
    }
  }

  @Test(arguments: [0, 2, 3, 4, 6])
  func `workers that are stopped are found, killed and replaced`(position: Int) throws {
    let (words, result) = Self.finite[position]
    let running = try startWithWorkers(3, words + ["--timeout", "4", "--retries", "5", "--json"])
    let stopped = workers(of: running).dropFirst()
    for victim in stopped { kill(victim, SIGSTOP) }
    let record = try record(of: running)
    #expect(record.result.value == result)
    let restarts = try #require(record.restarts)
    #expect(restarts.count <= 5)
    for restart in restarts {
      #expect(restart.cause == "did not report for 4.000 s and was killed")
      #expect(restart.lost >= 4_000_000_000)
    }
    #expect(!stopped.contains(where: ProcessTable.isRunning))
  }

  @Test func `a stress whose worker is stopped ends after its time and the time-out`() throws {
    let running = try startWithWorkers(2, ["stress", "--seconds", "1", "--timeout", "0.5", "--json"])
    let victim = try #require(workers(of: running).first)
    kill(victim, SIGSTOP)
    let record = try record(of: running)
    #expect(record.region >= 1_500_000_000)
    #expect(record.restarts?.count == 1 && !ProcessTable.isRunning(victim))
    // The fresh worker comes when the time is over, and the other has counted.
    #expect(try #require(record.shares).map { $0.result.value > 0 }.filter { $0 }.count == 1)
  }

  @Test(arguments: ForkPoolFaultTests.endless)
  func `past the retries there is one clear line and nobody left`(arguments: [String]) throws {
    let running = try startWithWorkers(2, arguments + ["--retries", "2"])
    var seen: Set<Int32> = []
    while running.process.isRunning {
      for victim in workers(of: running) {
        seen.insert(victim)
        kill(victim, SIGKILL)
      }
      usleep(2000)
    }
    let outcome = try running.wait()
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1)
    #expect(
      outcome.error.contains("was ended by signal 9 (Killed) before it had reported, and --retries 2 allows"))
    #expect(!seen.contains(where: ProcessTable.isRunning))
  }

  private func record(of running: Program.Running) throws -> TrialRecord {
    let outcome = try running.wait()
    try #require(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error == "")
    return try JSONDecoder().decode(TrialRecord.self, from: Data(outcome.output.utf8))
  }
}
