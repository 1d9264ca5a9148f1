import Foundation
import Testing

/// Forked workers under real signals.
@Suite struct ForkFaultTests {
  @Test(arguments: [SIGKILL, SIGTERM])
  func `a worker that dies is an error that says what is lost`(signal: Int32) throws {
    let running = try startWithWorkers(3, ["sum", "--upto", "1e14"])
    let workers = ProcessTable.children(of: running.identifier).sorted()
    let victim = try #require(workers.last)
    kill(victim, signal)
    let outcome = try running.wait()
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1)
    #expect(outcome.error.contains("(pid \(victim)) was ended by signal \(signal)"))
    let lost = [
      "the numbers 0 to 33333333333333", "the numbers 33333333333334 to 66666666666667",
      "the numbers 66666666666668 to 100000000000000",
    ].enumerated().filter {
      outcome.error.contains("worker \($0.offset) ") && outcome.error.contains($0.element)
    }
    #expect(lost.count == 1)
    for worker in workers { #expect(!ProcessTable.isRunning(worker)) }
  }

  @Test func `a stress worker that dies is an error too`() throws {
    let running = try startWithWorkers(2, ["stress", "--seconds", "60"])
    kill(try #require(ProcessTable.children(of: running.identifier).first), SIGKILL)
    let outcome = try running.wait()
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("its operations are not counted"))
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

  @Test func `hundreds of workers are all reaped and the sum is right`() throws {
    let outcome = try Program("scaleup-fork").run(["sum", "--upto", "1e6", "--workers", "300", "--json"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"result\":\"500000500000\""))
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
    #expect(outcome.error.split(separator: "\n").count == 1)
  }
}

/// Starts the model of forked processes, and waits until it has its workers.
func startWithWorkers(_ count: Int, _ arguments: [String]) throws -> Program.Running {
  let running = try Program("scaleup-fork").start(arguments + ["--workers", "\(count)"])
  try waitUntil("all workers are forked") { ProcessTable.children(of: running.identifier).count == count }
  return running
}
