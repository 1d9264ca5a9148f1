import Foundation
import TestSupport
import Testing

/// Forked workers under real signals.
@Suite struct ForkFaultTests {
  @Test(arguments: [SIGKILL, SIGTERM])
  func `a worker that dies where none may be replaced is an error in one line`(signal: Int32) throws {
    for arguments in [["sum", "--upto", "1e14"], ["stress", "--seconds", "60"]] {
      let running = try startWithWorkers(3, arguments + ["--retries", "0"])
      let workers = ProcessTable.children(of: running.identifier)
      let victim = try #require(workers.last)
      kill(victim, signal)
      let outcome = try running.wait()
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      #expect(outcome.error.contains("(pid \(victim)) was ended by signal \(signal)"))
      #expect(outcome.error.contains("--retries 0 allows no more to be replaced; "))
      for worker in workers { #expect(!ProcessTable.isRunning(worker)) }
    }
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func `workers end with their parent`(signal: Int32) throws {
    let running = try startWithWorkers(3, ["stress", "--seconds", "300"])
    let workers = ProcessTable.children(of: running.identifier)
    running.send(signal)
    _ = try running.wait()
    try waitUntil("the workers have ended") { !workers.contains(where: ProcessTable.isRunning) }
  }

  @Test func `workers are reaped where the parent was started to ignore their end`() throws {
    let fork = try Program("scaleup-fork").path
    // A shell would not ignore this signal for its children.
    let outcome = try Program(path: "/usr/bin/perl").run([
      "-e", "$SIG{CHLD} = 'IGNORE'; exec @ARGV", fork, "sum", "--upto", "1000", "--workers", "4", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\"result\":\"500500\""))
  }

  @Test(arguments: ["static", "dynamic"])
  func `a thousand workers at once are all reaped and the sum is right`(schedule: String) throws {
    let running = try Program("scaleup-fork").start([
      "sum", "--upto", "1e6", "--workers", "1000", "--schedule", schedule, "--json",
    ])
    let group = getpgid(running.identifier)
    let outcome = try running.wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\"result\":\"500000500000\""))
    #expect(group == getpgrp() || ProcessTable.members(ofGroup: group) == [])
  }

  @Test func `more workers than descriptors is a clear error and leaves nobody behind`() throws {
    let shell = Program(path: "/bin/sh")
    let fork = try Program("scaleup-fork")
    let outcome = try shell.run([
      "-c", "ulimit -n 32 && exec '\(fork.path)' sum --upto 10 --workers 200",
    ])
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("cannot create a pipe"))
    #expect(outcome.error.contains("200 workers take 402 descriptors, and RLIMIT_NOFILE allows 32 in all; "))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }
}

/// Starts the model of forked processes, and waits until it has its workers.
func startWithWorkers(_ count: Int, _ arguments: [String]) throws -> Program.Running {
  // Where the tests are run with backtraces, a worker that crashes would start a debugger, which outlives it.
  let running = try Program("scaleup-fork").start(
    arguments + ["--workers", "\(count)"], environment: ["SWIFT_BACKTRACE": "enable=no"])
  try waitUntil("all workers are forked") { ProcessTable.children(of: running.identifier).count == count }
  return running
}

/// The workers that it has now.
func workers(of running: Program.Running) -> [Int32] {
  ProcessTable.children(of: running.identifier).sorted()
}
