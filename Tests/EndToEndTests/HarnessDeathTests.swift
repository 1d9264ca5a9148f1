import Foundation
import Harness
import Testing

/// What happens below a harness that is killed, and in a trial that loses a worker.
@Suite struct HarnessDeathTests {
  @Test(arguments: ModelTests.models, [[SIGKILL], [SIGSTOP, SIGKILL]])
  func `no model and no worker outlives a harness that is killed`(model: String, signals: [Int32]) throws {
    let workers = model == "single" ? 1 : 2
    let (running, trial) = try startStress(model, workers: workers)
    let processes = [trial] + ProcessTable.children(of: trial)
    signals.forEach(running.send)
    #expect(try running.wait().status == 128 + SIGKILL)
    try waitUntil("all have gone") { !processes.contains(where: ProcessTable.isRunning) }
    #expect(ProcessTable.members(ofGroup: trial) == [])
  }

  @Test func `a program of somebody else does not outlive a harness that is killed`() throws {
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

  @Test func `a trial whose workers are killed or stopped is measured, and the table tells`() throws {
    let folder = try Folder()
    let (running, trial) = try startStress("fork", workers: 2, seconds: "1", ["--timeout", "4"], in: folder)
    try waitUntil("it has workers") { ProcessTable.children(of: trial).count == 2 }
    let workers = ProcessTable.children(of: trial)
    kill(workers[0], SIGKILL)
    kill(workers[1], SIGSTOP)
    let outcome = try running.wait()
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    let run = try RunFile.read("\(folder.path)/run.json")
    let restarts = try #require(run.trials.first?.report?.restarts)
    #expect(Set(restarts.map(\.worker)) == [0, 1] && restarts.count == 2)
    #expect(
      outcome.output.contains("  restarts  ") && outcome.output.contains("\nrestarts: workers that were lost")
    )
    let csv = try Program("scaleup").run(["report", "\(folder.path)/run.json", "--format", "csv"]).output
    let rows = csv.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(rows.first?.firstIndex(of: "restarts"))
    #expect(rows.dropFirst().map { $0[column] } == ["2"])
  }

  @Test func `a run hands on how many workers may be replaced`() throws {
    let folder = try Folder()
    let (running, trial) = try startStress("fork", workers: 2, seconds: "1", ["--retries", "0"], in: folder)
    try waitUntil("it has workers") { ProcessTable.children(of: trial).count == 2 }
    kill(ProcessTable.children(of: trial)[0], SIGKILL)
    #expect(try running.wait().status == 1)
    let failure = try #require(try RunFile.read("\(folder.path)/run.json").trials.first?.failure)
    #expect(failure.contains("no retries left (--retries 0; "), "\(failure)")
  }

  /// Starts the harness, and tells the process of its first trial.
  private func startStress(
    _ model: String, workers: Int, seconds: String = "300", _ options: [String] = [], in folder: Folder? = nil
  ) throws -> (Program.Running, Int32) {
    let running = try Program("scaleup").start(
      [
        "--workload", "stress", "--model", model, "--workers", "\(workers)", "--seconds", seconds, "--trials",
        "1", "--warmup", "0",
      ] + (folder == nil ? ["--no-save"] : ["--output", "run.json"]) + options, in: folder)
    var trial: Int32?
    try waitUntil("a trial is running") {
      trial = ProcessTable.children(of: running.identifier).first {
        (try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8))?.contains("stress") == true
      }
      return trial.map { ProcessTable.children(of: $0).count == (model == "fork" ? workers : 0) } ?? false
    }
    return (running, try #require(trial))
  }
}
