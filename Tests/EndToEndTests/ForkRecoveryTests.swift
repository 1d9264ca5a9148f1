import Foundation
import Platform
import Records
import TestSupport
import Testing

/// Workers of the program under real signals, which come at any moment of their work. `RecoveryTests` of the module has
/// the given moments.
///
/// A signal may come when the work is done. Then the test tries again with more work, until it outlasts the signals.
@Suite(.blocking) struct ForkRecoveryTests {
  /// Jobs with their results.
  static let finite: [(words: [String], result: UInt128)] = [
    (["sum", "--upto", "4e7"], 800_000_020_000_000), (["primes", "--upto", "3e5"], 25_997),
  ].flatMap { work in
    [[], ["--grain", "10_007"], ["--schedule", "dynamic", "--grain", "10_007"], ["--schedule", "guided"]].map
    {
      (work.0 + $0, work.1)
    }
  }

  @Test("killed workers are replaced and the result stays exact", arguments: finite.indices)
  func killedWorkers(position: Int) throws {
    let (words, result) = Self.finite[position]
    let signals = [[SIGKILL], [SIGKILL, SIGTERM, SIGKILL], [SIGSEGV, SIGKILL, SIGKILL, SIGABRT, SIGKILL]]
    let record = try record(sending: signals[position % 3], toWorkers: 3) {
      words + ["--repetitions", "\($0)"]
    }
    #expect(record.result.value == result)
    for restart in record.restarts ?? [] {
      #expect((0..<3).contains(restart.worker) && restart.cause.hasPrefix("was killed by SIG"))
      #expect(restart.lost <= restart.at)
    }
    let shares = try #require(record.shares)
    #expect(shares.reduce(0) { $0 + $1.result.value } == result)
    #expect(shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region })
    if record.grain != nil {
      #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == record.upTo.map { $0 + 1 })
    }
  }

  @Test(
    "workers are replaced in whatever region they are killed",
    arguments: [[], ["--schedule", "dynamic", "--grain", "10"], ["--schedule", "guided", "--grain", "10"]])
  func manyRegions(schedule: [String]) throws {
    for workload in ["sum", "empty"] {
      let signals = Array(repeating: SIGKILL, count: 5)
      let record = try record(sending: signals, toWorkers: 2) {
        [workload, "--upto", "1000", "--repetitions", "\(500 * $0)"] + schedule
      }
      #expect(record.result.value == (workload == "sum" ? 500_500 : 0))
      let restarts = try #require(record.restarts)
      #expect(restarts.map(\.region) == restarts.map(\.region).sorted())
    }
  }

  @Test("a stress whose workers are killed lasts as long and counts what was reported")
  func killedStress() throws {
    var seconds = 0.0
    let record = try record(sending: [SIGKILL, SIGKILL], toWorkers: 3) {
      seconds = 0.5 * Double($0)
      return ["stress", "--seconds", "\(seconds)"]
    }
    #expect(Double(record.region) >= seconds * 1e9)
    for share in try #require(record.shares) {
      #expect(share.slices?.reduce(0, +) == UInt64(share.result.value))
    }
  }

  @Test("killed workers of memory are replaced, and every element stays exact")
  func killedStreams() throws {
    let record = try record(sending: [SIGKILL, SIGKILL], toWorkers: 3) {
      ["memory", "--size", "300K", "--upto", "2e6", "--repetitions", "\(20 * $0)"]
    }
    #expect(record.result.value == 2_000_001)
  }

  #if os(Linux)
    @Test("a worker that replaces a killed one is put on the same CPU")
    func killedPlacedWorker() throws {
      let last = try #require(AllowedCPUs.online()?.last)
      let record = try record(sending: [SIGKILL], toWorkers: 2) {
        ["stress", "--seconds", "\(0.5 * Double($0))", "--placement", "\(last)"]
      }
      #expect(record.shares?.map(\.core) == [last, last])
    }
  #endif

  @Test(
    "stopped workers are killed after the timeout and replaced, and the result stays exact",
    arguments: [
      [], ["--grain", "107"], ["--schedule", "dynamic", "--grain", "107"], ["--schedule", "guided"],
    ])
  func stoppedWorkers(schedule: [String]) throws {
    for (workload, result) in [("sum", 50_005_000), ("primes", 1229)] as [(String, UInt128)] {
      for repetitions in growing(from: 1000, to: 1_000_000) {
        let words = [workload, "--upto", "1e4", "--repetitions", "\(repetitions)"] + schedule
        let running = try startWithWorkers(3, words + ["--timeout", "1", "--retries", "1000", "--json"])
        let stopped = workers(of: running).dropFirst()
        for victim in stopped { kill(victim, SIGSTOP) }
        let record = try decodeRecord(of: running)
        #expect(record.result.value == result)
        #expect(!stopped.contains(where: ProcessTable.isRunning))
        let restarts = record.restarts ?? []
        // On a busy machine the others may be silent for so long too.
        for restart in restarts {
          #expect(restart.cause == "did not report for 1.000 s and was killed")
          #expect(restart.lost >= 1_000_000_000)
        }
        if restarts.count >= 2 { break }
        try #require(repetitions < 1_000_000, "the stops came after the work")
      }
    }
  }

  @Test("a stress whose worker is stopped ends after its time and the timeout")
  func stoppedStress() throws {
    for seconds in growing(from: 1, to: 64) {
      let running = try startWithWorkers(
        2, ["stress", "--seconds", "\(seconds)", "--timeout", "2", "--retries", "1000", "--json"])
      let victim = workers(of: running).first
      if let victim { kill(victim, SIGSTOP) }
      let record = try decodeRecord(of: running)
      if let victim { #expect(!ProcessTable.isRunning(victim)) }
      guard let restarts = record.restarts else { continue }
      #expect(record.region >= UInt64(seconds + 2) * 1_000_000_000)
      // A worker that is replaced begins when the time is over.
      for restart in restarts { #expect(record.shares?[restart.worker].result.value == 0) }
      return
    }
    Issue.record("no worker was stopped before the work was done")
  }

  @Test("one kill more than retries ends the program with one line", arguments: endlessJobs)
  func noRetriesLeft(arguments: [String]) throws {
    let running = try startWithWorkers(2, arguments + ["--retries", "2"])
    var victims: [Int32] = []
    for _ in 0..<3 {
      let victim = try #require(workers(of: running).last)
      victims.append(victim)
      kill(victim, SIGKILL)
      try waitUntil("it is reaped") { !workers(of: running).contains(victim) }
      try waitUntil("it is replaced, or the program has ended") {
        workers(of: running).count == 2 || !running.process.isRunning
      }
    }
    let outcome = try running.wait()
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1)
    #expect(outcome.error.contains("was killed by SIGKILL; no retries left (--retries 2; "))
    #expect(!victims.contains(where: ProcessTable.isRunning))
  }

  /// Runs a job and sends signals to its workers, each when the worker before is replaced. Tries again with more work
  /// until every signal costs a worker.
  ///
  /// - Parameter words: Returns a job with the given multiple of the least work.
  private func record(
    sending signals: [Int32], toWorkers count: Int, _ words: (Int) -> [String]
  ) throws -> TrialRecord {
    var generator = SplitMix64(seed: UInt64(signals.count))
    for factor in growing(from: 1, to: 2000) {
      let running = try startWithWorkers(count, words(factor) + ["--retries", "5", "--json"])
      for signal in signals {
        guard let victim = workers(of: running).randomElement(using: &generator) else { break }
        kill(victim, signal)
        try waitUntil("it is reaped") { !workers(of: running).contains(victim) }
      }
      let record = try decodeRecord(of: running)
      if record.restarts?.count == signals.count { return record }
    }
    throw TooLate()
  }

  /// Signals that came after all of the work.
  private struct TooLate: Error {}

  private func decodeRecord(of running: Program.Running) throws -> TrialRecord {
    let outcome = try running.wait()
    try #require(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error == "")
    return try JSONDecoder().decode(TrialRecord.self, from: Data(outcome.output.utf8))
  }
}

/// Returns amounts of work for attempts that must outlast an event: each is four times the one before.
func growing(from least: Int, to most: Int) -> some Sequence<Int> {
  sequence(first: least) { $0 < most ? min(4 * $0, most) : nil }
}
