import Foundation
import TestSupport
import Testing

/// The pool of forked workers under real signals: in the middle of a schedule, between regions, and idle. What becomes
/// of workers that may be replaced is in `ForkRecoveryTests`.
@Suite struct ForkPoolFaultTests {
  static let endless: [[String]] = [
    ["sum", "--upto", "1e15", "--schedule", "dynamic", "--grain", "1e5"],
    ["sum", "--upto", "1e15", "--schedule", "guided", "--grain", "1e5"],
    ["sum", "--upto", "1e15", "--grain", "1e5"],
    ["sum", "--upto", "1000", "--repetitions", "1_000_000"],
    ["sum", "--upto", "1000", "--repetitions", "1_000_000", "--schedule", "dynamic", "--grain", "10"],
    ["empty", "--upto", "1000", "--repetitions", "1_000_000", "--schedule", "guided", "--grain", "10"],
    ["stress", "--seconds", "0.002", "--repetitions", "1_000_000", "--load", "50"],
  ]

  @Test(arguments: endless)
  func `a worker that is killed at any moment ends the program with one clear line, where none is replaced`(
    arguments: [String]
  )
    throws
  {
    for victim in 0..<3 {
      let (running, workers) = try startedWithWorkers(3, arguments)
      usleep(UInt32(victim) * 7000)
      kill(workers[victim], SIGKILL)
      try expectDeath(running, of: workers[victim], signal: SIGKILL, workers)
    }
  }

  @Test func `two workers that are killed at once are one clear line too`() throws {
    for arguments in Self.endless {
      let (running, workers) = try startedWithWorkers(4, arguments)
      kill(workers[3], SIGKILL)
      kill(workers[0], SIGKILL)
      let outcome = try running.wait()
      #expect(outcome.status == 1 && outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1 && outcome.error.contains("signal 9"))
      #expect(!workers.contains(where: ProcessTable.isRunning))
    }
  }

  @Test(arguments: ["static", "dynamic"])
  func `a worker that is killed while it is idle is missed in the next region`(schedule: String) throws {
    let (running, workers) = try startedWithWorkers(
      2, ["sum", "--upto", "1000", "--repetitions", "1_000_000", "--schedule", schedule])
    // As long as one does not report, there is no next region, and the other waits for it.
    kill(workers[0], SIGSTOP)
    try waitUntil("one is stopped and the other idle") {
      try (0..<20).allSatisfy { _ in
        usleep(1000)
        return try state(of: workers[0]) == "T" && state(of: workers[1]) == "S"
          && state(of: running.identifier) == "S"
      }
    }
    kill(workers[1], SIGKILL)
    try waitUntil("it is dead, or reaped already") { !ProcessTable.isRunning(workers[1]) }
    kill(workers[0], SIGCONT)
    try expectDeath(running, of: workers[1], signal: SIGKILL, workers)
  }

  @Test func `a worker that dies while its parent is stopped is told of when it goes on`() throws {
    for arguments in Self.endless {
      let (running, workers) = try startedWithWorkers(2, arguments)
      running.send(SIGSTOP)
      try waitUntil("the parent is stopped") { try state(of: running.identifier) == "T" }
      kill(workers[1], SIGTERM)
      try waitUntil("the worker is dead") { !ProcessTable.isRunning(workers[1]) }
      running.send(SIGCONT)
      try expectDeath(running, of: workers[1], signal: SIGTERM, workers)
    }
  }

  @Test func `workers end with a parent that is killed, running or stopped`() throws {
    for (arguments, signals) in zip(
      Self.endless, [[SIGTERM], [SIGSTOP, SIGKILL], [SIGKILL]] + [[SIGSTOP, SIGKILL]])
    {
      let (running, workers) = try startedWithWorkers(3, arguments)
      signals.forEach(running.send)
      _ = try running.wait()
      try waitUntil("the workers have ended") { !workers.contains(where: ProcessTable.isRunning) }
    }
  }

  @Test func `a worker that is stopped for a while delays the answer and nothing else`() throws {
    for arguments in [["--schedule", "dynamic", "--grain", "1e5"], ["--schedule", "guided"], []] {
      let words = ["sum", "--upto", "1e8", "--json", "--repetitions", "2"]
      let (running, workers) = try startedWithWorkers(3, words + arguments)
      kill(workers[1], SIGSTOP)
      try waitUntil("it is stopped, or done") { ["T", nil].contains(try state(of: workers[1])) }
      kill(workers[1], SIGCONT)
      let outcome = try running.wait()
      #expect(outcome.status == 0 && outcome.error == "")
      #expect(outcome.output.contains("\"result\":\"5000000050000000\""))
      #expect(!workers.contains(where: ProcessTable.isRunning))
    }
  }

  @Test(.disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
  func `threads that cannot be created are one clear line, and those there are do not hang`() throws {
    let threads = try Program("scaleup-threads")
    for schedule in ["static", "dynamic", "guided"] {
      // The stacks of two thousand threads do not fit; a limit of processes would not bind root.
      let outcome = try Program(path: "/bin/sh").run([
        "-c", "ulimit -v 1000000 && exec \"$0\" \"$@\"", threads.path, "sum", "--upto", "1e5", "--workers",
        "2000",
        "--schedule", schedule,
      ])
      #expect(outcome.status == 1 && outcome.output == "")
      #expect(outcome.error.hasPrefix("scaleup-threads: cannot create a thread: "))
      #expect(outcome.error.hasSuffix(" (ulimit -v), or ask for fewer --workers\n"))
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
  }

  @Test(
    .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"),
    arguments: ["fork", "dispatch", "taskgroup", "threads"])
  func `memory for the reports that cannot be had is one clear line`(model: String) throws {
    let program = try Program("scaleup-\(model)")
    let outcome = try Program(path: "/bin/sh").run([
      "-c", "ulimit -v 400000 && exec \"$0\" \"$@\"", program.path, "stress", "--seconds", "3600",
      "--workers",
      "4096",
    ])
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup-\(model): cannot get 1180172288 bytes of memory: "))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  /// Starts the model, which is to replace no worker, and tells its workers too.
  private func startedWithWorkers(_ count: Int, _ arguments: [String]) throws -> (Program.Running, [Int32]) {
    let running = try startWithWorkers(count, arguments + ["--retries", "0"])
    return (running, ProcessTable.children(of: running.identifier).sorted())
  }

  private func expectDeath(_ running: Program.Running, of victim: Int32, signal: Int32, _ workers: [Int32])
    throws
  {
    let outcome = try running.wait()
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
    #expect(outcome.error.hasPrefix("scaleup-fork: worker "))
    #expect(outcome.error.contains("(pid \(victim)) was ended by signal \(signal)"), "\(outcome.error)")
    #expect(outcome.error.hasSuffix("raise --retries\n"))
    #expect(!workers.contains(where: ProcessTable.isRunning))
  }

  /// The letter by which the kernel tells what a process does; `nil` where it has gone.
  private func state(of process: Int32) throws -> Character? {
    let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return text?.split(separator: ")").last?.first { $0 != " " }
  }
}
