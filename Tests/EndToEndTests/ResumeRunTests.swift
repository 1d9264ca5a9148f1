import Foundation
import Harness
import Records
import Testing

/// A run that ended early and is carried on.
@Suite struct ResumeRunTests {
  private static let run = [
    "--workload", "sum,stress", "--model", "single,fork", "--workers", "1,2", "--kernel", "scalar", "--upto",
    "1e6",
    "--seconds", "0.05", "--trials", "8", "--seed", "5", "--output", "run.json",
  ]

  /// A folder with a run that was interrupted after at least some trials.
  private func folderWithInterruptedRun(after least: Int) throws -> Folder {
    let folder = try Folder()
    let running = try Program("scaleup").start(Self.run, in: folder)
    try waitUntil("some trials are finished") {
      ((try? RunFile.read("\(folder.path)/run.json"))?.trials.count ?? 0) >= least
    }
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(outcome.status == 130)
    #expect(outcome.error.contains("continue with: scaleup run --resume run.json"))
    return folder
  }

  @Test func `a run that is carried on measures what is left, and nothing twice`() throws {
    let folder = try folderWithInterruptedRun(after: 5)
    let before = try RunFile.read("\(folder.path)/run.json")
    #expect((5..<before.plan.trialCount).contains(before.trials.count))
    let outcome = try Program("scaleup").run(["--resume", "run.json", "--quiet"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("median of 8 trials"))
    let after = try RunFile.read("\(folder.path)/run.json")
    #expect(after.plan == before.plan && after.startedAt == before.startedAt)
    #expect(Array(after.trials.prefix(before.trials.count)) == before.trials)
    #expect(after.trials.count == after.plan.trialCount)
    #expect(
      Set(after.trials.map { [$0.configuration, $0.round, $0.warmUp ? 1 : 0] }).count == after.trials.count)
    #expect(after.resumedAt?.count == 1)
    #expect(folder.names == ["run.json"])

    let again = try Program("scaleup").run(["--resume", "run.json", "--format", "json"], in: folder)
    #expect(again.status == 0)
    #expect(try RunFile.read("\(folder.path)/run.json").trials == after.trials)
  }

  @Test func `a run that is still going on is not carried on beside itself, nor written over`() throws {
    let folder = try Folder()
    let running = try Program("scaleup").start(Self.run + ["--quiet"], in: folder)
    try waitUntil("a trial is finished") { folder.names.contains("run.json") }
    for arguments in [["--resume", "run.json"], Self.run] {
      let outcome = try Program("scaleup").run(arguments, in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.error.contains("another run is writing run.json"), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
    running.send(SIGKILL)
    _ = try running.wait()
    #expect(try Program("scaleup").run(["--resume", "run.json", "--quiet"], in: folder).status == 0)
  }

  @Test func `what is no file is refused, and not waited for`() throws {
    let folder = try Folder()
    #expect(mkfifo("\(folder.path)/pipe", 0o644) == 0)
    let running = try Program("scaleup").start(["--resume", "pipe"], in: folder)
    try waitUntil("it ends") { !running.process.isRunning }
    running.send(SIGKILL)
    let outcome = try running.wait()
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("cannot write pipe"), "\(outcome.error)")
  }

  @Test func `a plan that would change, another machine and a model that is not here are refused`() throws {
    let folder = try folderWithInterruptedRun(after: 1)
    let run = try RunFile.read("\(folder.path)/run.json")
    var (moved, newer, foreign) = (run, run, run)
    moved.passport.processor = "Abacus"
    newer.version = "9.9"
    foreign.plan.configurations[0].model = "abacus"
    for (name, run) in [("moved", moved), ("newer", newer), ("foreign", foreign)] {
      try folder.write(try RunEncoder.text(of: run), to: "\(name).json")
    }
    for (arguments, words) in [
      (["moved.json"], ["cannot continue moved.json", "Abacus with", "continue it there"]),
      (["newer.json"], ["begun with scaleup 9.9", "start a new run"]),
      (["foreign.json"], ["the model 'abacus', which is missing", "--program abacus=PATH"]),
      (["run.json", "--trials", "9"], ["--trials would change the plan"]),
      (["run.json", "--no-save"], ["--no-save would change the plan"]),
      (["none.json"], ["cannot open none.json"]),
    ] {
      let outcome = try Program("scaleup").run(["--resume"] + arguments, in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    }
    #expect(try RunFile.read("\(folder.path)/run.json") == run)
  }
}
