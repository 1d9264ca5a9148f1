import Foundation
import Harness
import Records
import TestSupport
import Testing

/// `scaleup run --command` with real commands.
@Suite(.blocking) struct CommandRunTests {
  private func run(_ arguments: [String], in folder: Folder) throws -> Program.Outcome {
    try Program("scaleup").run(
      ["run", "--output", "run.json", "--warmup", "0", "--seed", "3"] + arguments, in: folder)
  }

  private func record(in folder: Folder, _ name: String = "run.json") throws -> RunRecord {
    try RunFile.read("\(folder.path)/\(name)")
  }

  @Test("commands are tried at every worker count, reported by name, and saved without absolute paths")
  func commands() throws {
    let folder = try Folder()
    let outcome = try run(
      [
        "--command", "a=sh -c 'echo $0 $N >>calls; exit 4' {workers}", "--command",
        "b=/bin/sleep 0.0{workers}",
        "--environment", "N=x,{workers}", "--workers", "1,2", "--trials", "2", "--expect-status", "0,4",
        "--details",
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let run = try record(in: folder)
    #expect(run.plan.configurations.map(\.model) == ["a", "a", "b", "b"])
    #expect(run.plan.configurations.map(\.workers) == [1, 2, 1, 2])
    #expect(run.plan.configurations.map { $0.command?.line }.last == "sleep 0.0{workers}")
    #expect(run.trials.count == 8 && run.trials.allSatisfy { $0.failure == nil })
    #expect(run.trials.allSatisfy { $0.report?.region == $0.process?.wall })
    let lines = (folder.text("calls") ?? "").split(separator: "\n").map(String.init).sorted()
    #expect(lines == ["1 x,1", "1 x,1", "2 x,2", "2 x,2"])
    #expect(outcome.output.contains("b: sleep 0.0{workers}") && outcome.output.contains("CPU time"))
    let text = try #require(folder.text("run.json"))
    #expect(!text.contains("x,{workers}") && !text.contains("/bin/sleep"))
    for format in ["csv", "markdown", "json"] {
      #expect(try Program("scaleup").run(["report", "run.json", "--format", format], in: folder).status == 0)
    }
    #expect(try Program("scaleup").run(["report", "run.json", "--html", "run.html"], in: folder).status == 0)
    let compared = try Program("scaleup").run(
      ["compare", "run.json", "run.json", "--gate", "time:1000%"], in: folder)
    #expect([0, 2].contains(compared.status) && compared.output.contains("command"), "\(compared.error)")
  }

  @Test(
    "hooks are executed once, or once per worker count, or before every trial, and the plan says how long it takes"
  )
  func hooks() throws {
    let folder = try Folder()
    let log = { (word: String) in "sh -c 'echo \(word) $0 >>calls' {workers}" }
    let outcome = try Program("scaleup").run(
      [
        "run", "--no-save", "--command", "a=\(log("run"))", "--workers", "1,2", "--trials", "1", "--setup",
        "sh -c 'echo setup >>calls'", "--prepare", log("prepare"), "--cleanup", log("cleanup"),
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let lines = (folder.text("calls") ?? "").split(separator: "\n").map(String.init)
    // The first execution of each configuration is its warm-up trial.
    #expect(lines.first == "setup" && lines.count { $0 == "setup" } == 1)
    #expect(lines[1...4] == ["prepare 1", "run 1", "prepare 2", "run 2"])
    #expect(lines.suffix(2) == ["cleanup 1", "cleanup 2"] && lines.count == 11)
    #expect(
      outcome.error.contains("a: ") && outcome.error.contains("1 round of 2 configurations takes about "))
  }

  @Test("a failed setup ends the run before anything is measured")
  func failedSetup() throws {
    let folder = try Folder()
    let outcome = try run(
      ["--command", "touch x{workers}", "--setup", "sh -c 'echo no >&2; exit 3'"], in: folder)
    #expect(outcome.status == 1 && outcome.error.contains("--setup exited with status 3: no"))
    #expect(folder.names.isEmpty)
  }

  @Test("several executions at once are a trial")
  func parallel() throws {
    let folder = try Folder()
    let outcome = try run(
      ["--command", "a=sh -c 'echo $0 >>calls' {copy}", "--parallel", "1,3", "--trials", "1"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let lines = (folder.text("calls") ?? "").split(separator: "\n").map(String.init)
    #expect(lines.sorted() == ["1", "1", "2", "3"])
    #expect(try record(in: folder).trials.map { $0.report?.result.value ?? 0 }.sorted() == [1, 3])
    #expect(outcome.output.contains("executions at once"))
  }

  #if os(Linux)
    @Test("what a command leaves behind is ended, wherever it has gone, and said")
    func leftBehind() throws {
      let folder = try Folder()
      let script = "echo $$ >>leaders; setsid sleep 1000 & sleep 1000 & (sleep 1000 &); exit 0"
      let outcome = try run(
        ["--command", "a=sh -c '\(script)' {workers}", "--workers", "1", "--trials", "2"], in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output.contains("a left up to 3 processes behind in 2 trials; they were ended."))
      let left = try record(in: folder).trials.map { $0.report?.leftBehind ?? 0 }
      #expect(left == [3, 3])
    }

    @Test("a command that reads the terminal finds none and is not stopped")
    func terminal() throws {
      let folder = try Folder()
      let script = "(read word </dev/tty) 2>/dev/null || ! read word"
      let outcome = try run(
        ["--command", "a=sh -c '\(script)' {workers}", "--workers", "1", "--trials", "1"], in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  #endif

  @Test("a trial whose output differs from the others fails, and so does one over the time limit")
  func failures() throws {
    let folder = try Folder()
    let different = try run(
      ["--command", "a=echo {workers}", "--workers", "1,2", "--trials", "1", "--same-output"], in: folder)
    #expect(different.status == 1)
    #expect(different.output.contains("a printed another output than in its first trial, with "))
    let slow = try run(
      [
        "--command", "a=sh -c 'sleep $0' {workers}000", "--workers", "1", "--trials", "1", "--timeout",
        "0.05",
      ], in: folder)
    #expect(
      slow.status == 1 && slow.output.contains("a did not end within 50.00 ms and was killed"),
      "\(slow.error)"
    )
  }

  @Test("a command that fails at first is left out, and if none is left, nothing is measured")
  func failsAtFirst() throws {
    let folder = try Folder()
    func run(_ commands: [String]) throws -> Program.Outcome {
      try Program("scaleup").run(
        ["run", "--output", "run.json", "--workers", "1", "--budget", "1"]
          + commands.flatMap { ["--command", $0] },
        in: folder)
    }
    let none = try run(["a=sh -c 'exit 3' {workers}"])
    #expect(none.status == 1 && none.error.contains("cannot measure the time of a: a exited with status 3"))
    let one = try run(["a=sh -c 'exit 3' {workers}", "b=true {workers}"])
    #expect(one.status == 1 && one.error.contains("FAILED: a is left out: a exited with status 3"))
    #expect(try record(in: folder).plan.configurations.map(\.model) == ["b"])
  }

  @Test("a run of commands is continued with the same commands")
  func resume() throws {
    let folder = try Folder()
    try folder.write("", to: "gate")
    let command =
      "a=sh -c 'echo >>calls; if [ -e gate ] && [ $(wc -l <calls) -ge 3 ]; then sleep 1000; fi' {workers}"
    let running = try Program("scaleup").start(
      [
        "run", "--output", "run.json", "--warmup", "0", "--trials", "3", "--workers", "1,2", "--command",
        command,
      ], in: folder)
    try waitUntil("a trial waits") { (folder.text("calls") ?? "").count >= 3 || !running.process.isRunning }
    running.send(SIGINT)
    #expect(try running.wait().status == 130)
    try FileManager.default.removeItem(atPath: "\(folder.path)/gate")
    func resumed(_ arguments: [String]) throws -> Program.Outcome {
      try Program("scaleup").run(["run", "--resume", "run.json"] + arguments, in: folder)
    }
    let without = try resumed([])
    #expect(without.status == 64 && without.error.contains("its plan has the command 'sh -c"))
    let other = try resumed(["--command", "a=true {workers}"])
    #expect(other.status == 64 && other.error.contains("give the same command"))
    let same = try resumed(["--command", command])
    #expect(same.status == 0, "\(same.error)")
    #expect(try record(in: folder).trials.count == 6)
  }

  @Test(
    "what makes no sense is refused by name before anything is executed",
    arguments: [
      (["nowhere-to-be-found {workers}"], "cannot find 'nowhere-to-be-found' on the PATH"),
      (["./nowhere {workers}"], "cannot find './nowhere'"),
      (["./plain {workers}"], "'./plain' is not an executable file"),
      (["touch x"], "'touch x' has no {workers}"),
      (["touch 'x {workers}"], "a quote is not closed: 'x {workers}"),
      (["touch {workers} | cat"], "'|' needs a shell"), ([" {workers}x='"], "a quote is not closed"),
      (["a="], "is empty"),
      (["touch {workers}", "--model", "fork"], "--model has no effect with --command"),
      (["touch {workers}", "--workload", "serve"], "--workload has no effect with --command"),
      (["touch {workers}", "--rate", "5"], "--rate has no effect with --command"),
      (["touch {workers}", "--workers", "0"], "invalid value for --workers: '0'"),
      (["touch {workers}", "--parallel", "2"], "--parallel contradicts {workers}"),
      (["touch x", "--parallel", "1,2", "--workers", "2"], "--parallel contradicts --workers"),
      (["touch {workers}", "--command", "touch 2{workers}"], "two commands have the name 'touch'"),
      (["touch {workers}", "--environment", "N"], "invalid value for --environment: 'N'"),
      (["touch {workers}", "--expect-status", "256"], "invalid value for --expect-status: '256'"),
      (["touch {workers}", "--directory", "nowhere"], "--directory nowhere is not a directory"),
      (["touch {workers}", "--input", "nowhere"], "--input nowhere is not a regular file"),
      (["touch {workers}", "--prepare", "a", "--prepare", "b"], "--prepare is given 2 times for 1 command"),
    ])
  func refused(arguments: [String], reason: String) throws {
    let folder = try Folder()
    try folder.write("", to: "plain")
    let outcome = try run(["--command"] + arguments, in: folder)
    #expect(outcome.status == 64 && outcome.error.contains(reason), "\(outcome.error)")
    #expect(folder.names == ["plain"])
  }

  @Test(
    "options of commands need a command",
    arguments: ["--shell", "--same-output", "--setup=x", "--parallel=2", "--input=x"])
  func noCommand(option: String) throws {
    let outcome = try run([option], in: Folder())
    let name = option.prefix { $0 != "=" }
    #expect(outcome.status == 64 && outcome.error.contains("\(name) has no effect without --command"))
  }
}
