import Foundation
import Harness
import Records
import TestSupport
import Testing

/// The results file of a run that has not saved a trial yet.
@Suite(.blocking) struct ClaimedResultsTests {
  private static let run = [
    "--workload", "sum", "--model", "mine", "--workers", "1", "--kernel", "scalar", "--upto", "20000",
    "--trials", "3", "--warmup", "0", "--program", "mine=program", "--output",
  ]

  /// A program that sums, but waits for ever in the call of a number while there is a file `gate`.
  private func folder(waitingIn call: Int) throws -> Folder {
    let folder = try Folder()
    let program = """
      #!/bin/sh
      if [ "$1" = --describe ]; then exit 64; fi
      echo >>calls
      if [ -e gate ] && [ $(wc -l <calls) -ge \(call) ]; then touch waiting; exec sleep 1000; fi
      echo "{\\"schema\\":\\"scaleup.trial/1\\",\\"result\\":\\"$(($6 * ($6 + 1) / 2))\\",\\"region\\":1000}"

      """
    try folder.write(program, to: "program", isExecutable: true)
    try folder.write("", to: "gate")
    return folder
  }

  private func startWaiting(in folder: Folder, _ output: String) throws -> Program.Running {
    let running = try Program("scaleup").start(Self.run + [output], in: folder)
    try waitUntil("a call waits") { folder.names.contains("waiting") || !running.process.isRunning }
    return running
  }

  @Test("a second run with the same new file is refused, and an interrupted one leaves nothing")
  func secondRun() throws {
    let folder = try folder(waitingIn: 1)
    let running = try startWaiting(in: folder, "run.json")
    let second = try Program("scaleup").run(Self.run + ["run.json"], in: folder)
    #expect(second.status == 64 && second.output == "")
    #expect(second.error.hasSuffix("scaleup: another run is writing run.json (wait until it ends)\n"))
    running.send(SIGINT)
    #expect(try running.wait().status == 130)
    #expect(folder.names == ["calls", "gate", "program", "waiting"])
  }

  @Test("what a killed run leaves is no results file, and a new run takes it over")
  func killedRun() throws {
    let folder = try folder(waitingIn: 1)
    let running = try startWaiting(in: folder, "run.json")
    running.send(SIGKILL)
    _ = try running.wait()
    for words in [["report", "run.json"], ["--resume", "run.json"]] {
      let outcome = try Program("scaleup").run(words, in: folder)
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.error.hasPrefix("scaleup: run.json is empty: its run saved no trial ("))
    }
    try FileManager.default.removeItem(atPath: "\(folder.path)/gate")
    let next = try Program("scaleup").run(Self.run + ["run.json", "--quiet"], in: folder)
    #expect(next.status == 0, "\(next.error)")
    #expect(try RunFile.read("\(folder.path)/run.json").trials.count == 3)
  }

  @Test("standard output in place of a file gets the run, also one that is interrupted")
  func standardOutput() throws {
    let folder = try folder(waitingIn: 100)
    let whole = try Program("scaleup").run(Self.run + ["-"], in: folder)
    #expect(whole.status == 0, "\(whole.error)")
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(whole.output.utf8)).trials.count == 3)
    let calls = folder.text("calls")?.count ?? 0
    let refused = try Program("scaleup").run(Self.run + ["-", "--format", "csv"], in: folder)
    #expect(refused.status == 64 && refused.error.contains("contradicts --format csv"), "\(refused.error)")
    #expect(folder.names == ["calls", "gate", "program"])

    // The last call, which is a trial, waits.
    let other = try self.folder(waitingIn: calls)
    let running = try startWaiting(in: other, "-")
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(outcome.status == 130)
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(outcome.output.utf8)).trials.count == 2)
  }
}
