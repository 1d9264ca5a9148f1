import Foundation
import TestSupport
import Testing

/// The pool of forked workers under real signals when no worker may be replaced. `ForkRecoveryTests` has the replacements.
@Suite(.blocking) struct ForkPoolFaultTests {
  @Test("a killed worker ends the program with one line if no retries are left", arguments: endlessJobs)
  func killedWorker(arguments: [String]) throws {
    for victim in 0..<3 {
      let (running, workers) = try startWithoutRetries(3, arguments)
      kill(workers[victim], SIGKILL)
      try expectDeath(running, of: workers[victim], by: "SIGKILL", workers)
    }
  }

  @Test("two workers killed at once end the program with one line", arguments: endlessJobs)
  func twoKilledWorkers(arguments: [String]) throws {
    let (running, workers) = try startWithoutRetries(4, arguments)
    kill(workers[3], SIGKILL)
    kill(workers[0], SIGKILL)
    let outcome = try running.wait()
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1 && outcome.error.contains("killed by SIGKILL"))
    #expect(!workers.contains(where: ProcessTable.isRunning))
  }

  @Test("a worker killed while it waits for the others is missed", arguments: ["static", "dynamic"])
  func idleWorker(schedule: String) throws {
    let (running, workers) = try startWithoutRetries(
      2, ["sum", "--upto", "1e5", "--repetitions", "1_000_000", "--schedule", schedule])
    // Until one goes on, its region or the next cannot end. The other and the parent come to a rest.
    kill(workers[0], SIGSTOP)
    var last: [ProcessState?] = []
    try waitUntil("one is stopped, and the others sleep without having woken up") {
      let states = (workers + [running.identifier]).map(ProcessState.init(of:))
      defer { last = states }
      return states == last && states.map { $0?.letter } == ["T", "S", "S"]
    }
    kill(workers[1], SIGKILL)
    try waitUntil("it is dead or reaped") { !ProcessTable.isRunning(workers[1]) }
    kill(workers[0], SIGCONT)
    try expectDeath(running, of: workers[1], by: "SIGKILL", workers)
  }

  @Test(
    "a worker that dies while its parent is stopped is reported when the parent goes on",
    arguments: endlessJobs)
  func stoppedParent(arguments: [String]) throws {
    let (running, workers) = try startWithoutRetries(2, arguments)
    running.send(SIGSTOP)
    try waitUntil("the parent is stopped") { ProcessState(of: running.identifier)?.letter == "T" }
    kill(workers[1], SIGTERM)
    try waitUntil("the worker is dead") { !ProcessTable.isRunning(workers[1]) }
    running.send(SIGCONT)
    try expectDeath(running, of: workers[1], by: "SIGTERM", workers)
  }

  @Test("workers end with a parent that is killed, running or stopped")
  func killedParent() throws {
    for (arguments, signals) in zip(
      endlessJobs, [[SIGTERM], [SIGSTOP, SIGKILL], [SIGKILL], [SIGSTOP, SIGKILL]])
    {
      let (running, workers) = try startWithoutRetries(3, arguments)
      signals.forEach(running.send)
      _ = try running.wait()
      try waitUntil("the workers have ended") { !workers.contains(where: ProcessTable.isRunning) }
    }
  }

  @Test(
    "a worker that is stopped for a while delays the result and changes nothing else",
    arguments: [["--schedule", "dynamic", "--grain", "1e4"], ["--schedule", "guided"], []])
  func stoppedWorker(schedule: [String]) throws {
    // With more regions from attempt to attempt, one is stopped before the work is done.
    for repetitions in growing(from: 20, to: 1_000_000) {
      let running = try startWithWorkers(
        3, ["sum", "--upto", "1e6", "--json", "--repetitions", "\(repetitions)"] + schedule)
      let workers = workers(of: running)
      var isStopped = false
      if let victim = workers.last {
        kill(victim, SIGSTOP)
        try waitUntil("it is stopped or gone") {
          let state = ProcessState(of: victim)?.letter
          isStopped = state == "T"
          return isStopped || state == nil || state == "Z"
        }
        kill(victim, SIGCONT)
      }
      let outcome = try running.wait()
      #expect(outcome.status == 0 && outcome.error == "")
      #expect(outcome.output.contains("\"result\":\"500000500000\""))
      #expect(!workers.contains(where: ProcessTable.isRunning))
      if isStopped { return }
    }
    Issue.record("no worker was stopped before the work was done")
  }

  @Test(
    "threads that cannot be created are an error in one line",
    .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
  func threadShortage() throws {
    let threads = try Program("scaleup-threads")
    for schedule in ["static", "dynamic", "guided"] {
      // The stacks of two thousand threads do not fit; a limit of processes would not bind root.
      let outcome = try Program(path: "/bin/sh").run([
        "-c", "ulimit -v 1000000 && exec \"$0\" \"$@\"", threads.path, "sum", "--upto", "1e5", "--workers",
        "2000",
        "--schedule", schedule,
      ])
      #expect(outcome.status == 1 && outcome.output == "")
      #expect(outcome.error.hasPrefix("scaleup-threads: cannot create a thread with a stack of "))
      #expect(outcome.error.hasSuffix(" (ulimit -v) or use fewer --workers\n"))
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
  }

  @Test(
    "too little memory for the reports is an error in one line",
    .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"),
    arguments: ["fork", "dispatch", "taskgroup", "threads"])
  func memoryShortage(model: String) throws {
    let program = try Program("scaleup-\(model)")
    let outcome = try Program(path: "/bin/sh").run([
      "-c", "ulimit -v 400000 && exec \"$0\" \"$@\"", program.path, "stress", "--seconds", "3600",
      "--workers",
      "4096",
    ])
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup-\(model): cannot allocate 1180172288 bytes: "))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  /// Starts a job without retries, and returns it with its workers.
  private func startWithoutRetries(_ count: Int, _ arguments: [String]) throws -> (Program.Running, [Int32]) {
    let running = try startWithWorkers(count, arguments + ["--retries", "0"])
    let workers = workers(of: running)
    try #require(workers.count == count)
    return (running, workers)
  }

  private func expectDeath(
    _ running: Program.Running, of victim: Int32, by signal: String, _ workers: [Int32]
  ) throws {
    let outcome = try running.wait()
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
    #expect(outcome.error.hasPrefix("scaleup-fork: worker "))
    #expect(
      outcome.error.contains("(pid \(victim)) was killed by \(signal); no retries left (--retries 0; "),
      "\(outcome.error)")
    #expect(!workers.contains(where: ProcessTable.isRunning))
  }
}

/// A process as the kernel shows it in /proc.
private struct ProcessState: Equatable {
  /// The letter of its state: R, S, T, Z …
  let letter: Character
  /// The number of times it has waited: the same number twice means that it has not woken up in between.
  let waits: Substring

  /// Reads the state; `nil` if the process is gone.
  init?(of identifier: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8) else {
      return nil
    }
    func field(_ name: String) -> Substring? {
      text.split(separator: "\n").first { $0.hasPrefix(name + ":\t") }?.dropFirst(name.count + 2)
    }
    guard let letter = field("State")?.first, let waits = field("voluntary_ctxt_switches") else { return nil }
    (self.letter, self.waits) = (letter, waits)
  }
}
