import Foundation
import Harness
import TestSupport
import Testing

/// A run that is asked to end.
@Suite(.blocking) struct InterruptionTests {
  @Test(
    "a signal ends the run, keeps the finished trials and leaves no process behind",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func signalEnds(signal: Int32) throws {
    let folder = try Folder()
    let running = try Program("scaleup").start(
      [
        "--workload", "stress", "--model", "fork", "--workers", "1,2", "--seconds", "0.1", "--trials", "1000",
        "--output", "run.json",
      ], in: folder)
    try waitUntil("some trials are finished") {
      ((try? RunFile.read("\(folder.path)/run.json"))?.trials.count ?? 0) >= 3
    }
    var models: [Int32] = []
    try waitUntil("a trial is running") {
      models = ProcessTable.children(of: running.identifier)
      return !models.isEmpty
    }
    running.send(signal)
    let outcome = try running.wait()
    #expect(outcome.status == 128 + signal)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("interrupted after "))
    try waitUntil("the last of the group has gone") {
      models.allSatisfy { ProcessTable.members(ofGroup: $0).isEmpty }
    }
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.trials.count >= 3)
    #expect(saved.trials.allSatisfy { $0.failure == nil && $0.report != nil })
    #expect(folder.names == ["run.json"])
  }

  @Test("a signal after the last trial ends the program, and every trial is kept")
  func signalAfterTrials() throws {
    let folder = try Folder()
    // Standard output that nobody reads holds the program before its end, wherever it was when the signal came.
    let pipe = Pipe()
    let output = pipe.fileHandleForWriting
    try fill(output.fileDescriptor)
    let running = try Program("scaleup").start(
      [
        "--workload", "sum", "--model", "single", "--upto", "1000", "--quick", "--kernel", "scalar",
        "--output",
        "run.json",
      ], in: folder, output: output)
    try waitUntil("every trial is saved") {
      (try? RunFile.read("\(folder.path)/run.json")).map { $0.trials.count == $0.plan.trialCount } ?? false
    }
    running.send(SIGINT)
    try waitUntil("it ends") { !running.process.isRunning }
    #expect(try running.wait().status == 130)
    #expect(try RunFile.read("\(folder.path)/run.json").trials.count == 1)
    #expect(folder.names == ["run.json"])
  }

  /// Fills a pipe.
  private func fill(_ descriptor: Int32) throws {
    let flags = fcntl(descriptor, F_GETFL)
    try #require(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0)
    let bytes = [UInt8](repeating: 10, count: 4096)
    for size in [4096, 1] {
      while write(descriptor, bytes, size) > 0 {}
    }
    try #require(fcntl(descriptor, F_SETFL, flags) == 0)
  }
}
