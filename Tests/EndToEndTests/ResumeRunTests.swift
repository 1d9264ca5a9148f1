import Foundation
import Harness
import Records
import TestSupport
import Testing

/// A run that ended early and is carried on.
@Suite(.blocking) struct ResumeRunTests {
  private static let run = [
    "--workload", "sum,stress", "--model", "single,fork,mine", "--workers", "1,2", "--kernel", "scalar",
    "--upto", "20000", "--seconds", "0.01", "--trials", "3", "--seed", "5", "--output", "run.json",
    "--program", "mine=program",
  ]

  /// A program that sums, but from a given trial on waits for ever while there is a file `gate`.
  private static func program(waitingFrom trial: Int) -> String {
    """
    #!/bin/sh
    if [ "$1" = --describe ]; then exit 64; fi
    if [ "$6" = 20000 ]; then echo >>calls; fi
    if [ -e gate ] && [ -e calls ] && [ $(wc -l <calls) -ge \(trial) ]; then touch waiting; exec sleep 1000; fi
    echo "{\\"schema\\":\\"scaleup.trial/1\\",\\"result\\":\\"$(($6 * ($6 + 1) / 2))\\",\\"region\\":1000}"

    """
  }

  /// Starts a run in a folder, and waits until the program's trial of this number waits.
  private func startRun(in folder: Folder, waitingIn trial: Int) throws -> Program.Running {
    try folder.write(Self.program(waitingFrom: trial), to: "program", isExecutable: true)
    try folder.write("", to: "gate")
    let running = try Program("scaleup").start(Self.run, in: folder)
    try waitUntil("a trial waits") { folder.names.contains("waiting") || !running.process.isRunning }
    return running
  }

  private func openGate(of folder: Folder) throws {
    try FileManager.default.removeItem(atPath: "\(folder.path)/gate")
  }

  /// A folder with a run that was interrupted in a trial of the second round.
  private func folderWithInterruptedRun() throws -> Folder {
    let folder = try Folder()
    let running = try startRun(in: folder, waitingIn: 4)
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(outcome.status == 130, "\(outcome.error)")
    #expect(outcome.error.contains("continue with: scaleup run --resume run.json"))
    try openGate(of: folder)
    return folder
  }

  private func resume(_ arguments: [String], in folder: Folder) throws -> Program.Outcome {
    try Program("scaleup").run(["--resume"] + arguments + ["--program", "mine=program"], in: folder)
  }

  @Test("a resumed run measures the remaining trials, and none twice")
  func resumedRun() throws {
    let folder = try folderWithInterruptedRun()
    let before = try RunFile.read("\(folder.path)/run.json")
    #expect((8..<before.plan.trialCount).contains(before.trials.count))
    let link = "\(folder.path)/latest"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "run.json")
    let outcome = try resume(["latest", "--quiet"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains(", 3 trials\n"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "run.json")
    let after = try RunFile.read("\(folder.path)/run.json")
    #expect(after.plan == before.plan && after.startedAt == before.startedAt)
    #expect(Array(after.trials.prefix(before.trials.count)) == before.trials)
    #expect(after.trials.count == after.plan.trialCount)
    #expect(
      Set(after.trials.map { [$0.configuration, $0.round, $0.warmUp ? 1 : 0] }).count == after.trials.count)
    #expect(after.resumedAt?.count == 1)
    #expect(folder.names == ["calls", "latest", "program", "run.json", "waiting"])

    let again = try resume(["run.json", "--format", "json"], in: folder)
    #expect(again.status == 0)
    #expect(try RunFile.read("\(folder.path)/run.json").trials == after.trials)
  }

  @Test("a run in progress is neither resumed nor overwritten")
  func runProgress() throws {
    let folder = try Folder()
    let running = try startRun(in: folder, waitingIn: 2)
    for arguments in [["--resume", "run.json", "--program", "mine=program"], Self.run] {
      let outcome = try Program("scaleup").run(arguments, in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.error.contains("another run is writing run.json"), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
    running.send(SIGKILL)
    _ = try running.wait()
    try openGate(of: folder)
    #expect(try resume(["run.json", "--quiet"], in: folder).status == 0)
  }

  @Test("--resume accepts regular files only")
  func resumeAccepts() throws {
    let folder = try Folder()
    #expect(mkfifo("\(folder.path)/pipe", 0o644) == 0)
    let running = try Program("scaleup").start(["--resume", "pipe"], in: folder)
    try waitUntil("it ends") { !running.process.isRunning }
    running.send(SIGKILL)
    let outcome = try running.wait()
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("cannot write pipe"), "\(outcome.error)")
  }

  @Test("--resume refuses other plans, other machines and missing models")
  func resumeRefuses() throws {
    let folder = try folderWithInterruptedRun()
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
      let outcome = try resume(arguments, in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    }
    #expect(try RunFile.read("\(folder.path)/run.json") == run)
  }
}
