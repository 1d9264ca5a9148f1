import Foundation
import TestSupport
import Testing

/// Forked workers under real signals, and at the limits of the system.
@Suite(.blocking) struct ForkFaultTests {
  @Test("a worker that dies is an error in one line if no retries are left", arguments: [SIGKILL, SIGTERM])
  func noRetries(signal: Int32) throws {
    for arguments in [["sum", "--upto", "1e15"], ["stress", "--seconds", "3600"]] {
      let running = try startWithWorkers(3, arguments + ["--retries", "0"])
      let workers = workers(of: running)
      let victim = try #require(workers.last)
      kill(victim, signal)
      let outcome = try running.wait()
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      let name = signal == SIGKILL ? "SIGKILL" : "SIGTERM"
      #expect(outcome.error.contains("(pid \(victim)) was killed by \(name); no retries left (--retries 0; "))
      for worker in workers { #expect(!ProcessTable.isRunning(worker)) }
    }
  }

  @Test("workers end with their parent", arguments: [SIGKILL, SIGTERM])
  func deadParent(signal: Int32) throws {
    let running = try startWithWorkers(3, ["stress", "--seconds", "3600"])
    let workers = ProcessTable.children(of: running.identifier)
    running.send(signal)
    _ = try running.wait()
    try waitUntil("the workers have ended") { !workers.contains(where: ProcessTable.isRunning) }
  }

  @Test("workers are reaped if the program was started with SIGCHLD ignored")
  func ignoredChildSignal() throws {
    let fork = try Program("scaleup-fork").path
    // A shell would reset this signal for its children.
    let outcome = try Program(path: "/usr/bin/perl").run([
      "-e", "$SIG{CHLD} = 'IGNORE'; exec @ARGV", fork, "sum", "--upto", "1000", "--workers", "4", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\"result\":\"500500\""))
  }

  @Test("a thousand workers compute the right sum and are reaped", arguments: ["static", "dynamic"])
  func thousandWorkers(schedule: String) throws {
    let running = try Program("scaleup-fork").start([
      "sum", "--upto", "1e6", "--workers", "1000", "--schedule", schedule, "--json",
    ])
    let group = getpgid(running.identifier)
    let outcome = try running.wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\"result\":\"500000500000\""))
    #expect(group == getpgrp() || ProcessTable.members(ofGroup: group) == [])
  }

  @Test("too few descriptors for the workers are an error in one line that names the limit")
  func fewDescriptors() throws {
    let shell = Program(path: "/bin/sh")
    let fork = try Program("scaleup-fork")
    let outcome = try shell.run([
      "-c", "ulimit -n 32 && exec '\(fork.path)' sum --upto 10 --workers 200",
    ])
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("cannot create a pipe"))
    #expect(outcome.error.contains("200 workers need 402 descriptors (limit: 32; "))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }
}

/// Starts the fork model and waits until it has its workers, or has ended before that could be seen.
func startWithWorkers(_ count: Int, _ arguments: [String]) throws -> Program.Running {
  // With backtraces enabled, a worker that crashes would start a debugger that outlives it.
  let running = try Program("scaleup-fork").start(
    arguments + ["--workers", "\(count)"], environment: ["SWIFT_BACKTRACE": "enable=no"])
  try waitUntil("all workers are forked") {
    ProcessTable.children(of: running.identifier).count == count || !running.process.isRunning
  }
  return running
}

/// Returns the workers that a program has now, in the order of their identifiers.
func workers(of running: Program.Running) -> [Int32] {
  ProcessTable.children(of: running.identifier).sorted()
}

/// Jobs for `scaleup-fork` that nobody lives to see the end of, of every schedule and in one region and many.
let endlessJobs: [[String]] = [
  ["sum", "--upto", "1e15", "--schedule", "dynamic", "--grain", "1e5"],
  ["sum", "--upto", "1e15", "--schedule", "guided", "--grain", "1e5"],
  ["sum", "--upto", "1e15", "--grain", "1e5"],
  ["sum", "--upto", "1e7", "--repetitions", "1_000_000"],
  ["sum", "--upto", "1e7", "--repetitions", "1_000_000", "--schedule", "dynamic", "--grain", "1e5"],
  ["empty", "--upto", "1e5", "--repetitions", "1_000_000", "--schedule", "guided", "--grain", "10"],
  ["stress", "--seconds", "0.01", "--repetitions", "1_000_000", "--load", "50"],
]
