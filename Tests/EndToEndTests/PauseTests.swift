import Foundation
import Harness
import TestSupport
import Testing

/// A run that is stopped and continued.
@Suite(.blocking) struct PauseTests {
  @Test(
    "a trial during which the run was stopped is repeated and does not count; Ctrl-Z stops its program too",
    arguments: [SIGTSTP, SIGSTOP])
  func stopped(signal: Int32) throws {
    let folder = try Folder()
    // Only trials have two workers. The first lasts until the test has seen it stopped. It starts no process: a shell
    // whose child is stopped between vfork and exec waits for it, and cannot be seen stopped itself.
    try folder.write(
      """
      #!/bin/sh
      if [ "$1" = --describe ]; then exit 64; fi
      if [ "$3" = 2 ]; then
        echo $$ >>trials
        while [ ! -e go ]; do :; done
      fi
      echo '{"schema":"scaleup.trial/1","result":"'$(($6 * ($6 + 1) / 2))'","region":1000}'

      """, to: "program", isExecutable: true)
    let running = try Program("scaleup").start(
      [
        "--program", "mine=./program", "--model", "mine", "--workload", "sum", "--kernel", "scalar", "--upto",
        "20000", "--workers", "2", "--trials", "1", "--warmup", "0", "--output", "run.json",
      ], in: folder)
    func trials() -> [Int32] { (folder.text("trials") ?? "").split(separator: "\n").compactMap { Int32($0) } }
    try waitUntil("the trial is running") { trials().count == 1 }
    running.send(signal)
    try waitUntil("the run is stopped") { ProcessTable.state(of: running.identifier) == "T" }
    if signal == SIGTSTP {
      try waitUntil("its program is stopped") { ProcessTable.state(of: trials()[0]) == "T" }
    }
    running.send(SIGCONT)
    try waitUntil("the run goes on") { ProcessTable.state(of: running.identifier) != "T" }
    try folder.write("", to: "go")
    let outcome = try running.wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(trials().count == 2)
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.trials.map(\.failure) == [nil] && saved.trials.first?.report != nil)
  }
}
