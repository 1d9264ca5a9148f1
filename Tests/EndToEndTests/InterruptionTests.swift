import Foundation
import Harness
import TestSupport
import Testing

/// A run that is asked to end.
struct InterruptionTests {
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
}
