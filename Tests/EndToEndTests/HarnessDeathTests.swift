import Foundation
import Harness
import TestSupport
import Testing

/// The end of the processes below a harness that is killed.
@Suite(.blocking) struct HarnessDeathTests {
  @Test(
    "no model and no worker outlives a killed harness", arguments: ModelTests.models,
    [[SIGKILL], [SIGSTOP, SIGKILL]])
  func modelWorker(model: String, signals: [Int32]) throws {
    let workers = model == "single" ? 1 : 2
    let (running, trial) = try startStress(model, workers: workers)
    let processes = [trial] + ProcessTable.children(of: trial)
    signals.forEach(running.send)
    #expect(try running.wait().status == 128 + SIGKILL)
    try waitUntil("all have gone") { !processes.contains(where: ProcessTable.isRunning) }
    #expect(ProcessTable.members(ofGroup: trial) == [])
  }

  @Test("no user program outlives a killed harness")
  func userProgram() throws {
    let folder = try Folder()
    try folder.write(
      """
      #!/bin/sh
      echo $$ >trial
      exec sleep 1234

      """, to: "mine", isExecutable: true)
    let running = try Program("scaleup").start(
      [
        "--program", "mine=./mine", "--model", "single,mine", "--workload", "sum", "--upto", "10",
        "--timeout",
        "500", "--no-save",
      ], in: folder)
    try waitUntil("it runs") { folder.text("trial")?.isEmpty == false }
    let trial = try #require(folder.text("trial").flatMap { Int32($0.filter(\.isNumber)) })
    running.send(SIGKILL)
    _ = try running.wait()
    try waitUntil("it has gone") { !ProcessTable.isRunning(trial) }
  }

  /// Starts the harness, and tells the process of its first trial.
  private func startStress(
    _ model: String, workers: Int
  ) throws -> (Program.Running, Int32) {
    let running = try Program("scaleup").start(
      [
        "--workload", "stress", "--model", model, "--workers", "\(workers)", "--seconds", "300", "--trials",
        "1", "--warmup", "0", "--no-save",
      ])
    var trial: Int32?
    try waitUntil("a trial is running") {
      trial = ProcessTable.children(of: running.identifier).first {
        (try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8))?.contains("scaleup-\(model)")
          == true
      }
      return trial.map { ProcessTable.children(of: $0).count == (model == "fork" ? workers : 0) } ?? false
    }
    return (running, try #require(trial))
  }
}
