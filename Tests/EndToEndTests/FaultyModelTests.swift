import Foundation
import Harness
import Records
import TestSupport
import Testing

/// The harness beside executables that are missing, wrong or broken.
@Suite(.blocking) struct FaultyModelTests {
  private static let options = [
    "--workload", "sum", "--kernel", "scalar", "--upto", "1000", "--trials", "2", "--warmup", "0",
  ]

  /// A folder with the harness, the real single model, and a fork model that is a script.
  private func suite(fork script: String) throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    try folder.write(
      """
      #!/bin/sh
      if [ "$1" = --describe ]; then
        "$(dirname "$0")/scaleup-single" --describe | sed 's/"single"/"fork"/'
        exit
      fi
      \(script)

      """, to: "scaleup-fork", isExecutable: true)
    return folder
  }

  private func run(_ folder: Folder, _ arguments: [String] = []) throws -> Program.Outcome {
    try Program(path: "\(folder.path)/scaleup").run(
      Self.options + ["--output", "run.json"] + arguments, in: folder)
  }

  private func record(sum: String) -> String {
    "echo '{\"schema\":\"scaleup.trial/1\",\"result\":\"\(sum)\",\"region\":1000}'"
  }

  @Test("a program that prints only result and region is a model")
  func programPrints() throws {
    let folder = try suite(fork: record(sum: "500500"))
    let outcome = try run(folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\nfork  "))
  }

  @Test("a wrong sum comes first in the output, with the right one, and the run exits with 1")
  func wrongSumComes() throws {
    let folder = try suite(fork: record(sum: "500501"))
    let outcome = try run(folder)
    #expect(outcome.status == 1)
    let first = try #require(outcome.output.split(separator: "\n").first)
    #expect(first.hasPrefix("FAILED: fork sum with 1 worker (2 trials): "))
    #expect(first.contains("500501") && first.contains("500500"))
    #expect(!outcome.output.contains("\nfork  "))
    #expect(outcome.output.contains("\nsingle  "))
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.trials.filter { $0.failure != nil }.count == 2)
    #expect(saved.trials.filter { $0.failure != nil }.allSatisfy { $0.report == nil })
  }

  @Test(
    "a broken model is a failed trial, and the others continue",
    arguments: [
      ("echo rubbish", "printed a report that is truncated or not JSON"),
      ("true", "printed a report that is empty"),
      ("echo >&2 'no luck today'; exit 3", "exited with status 3: no luck today"),
      ("kill -SEGV $$", "was killed by SIGSEGV"),
      ("yes", "printed more than"),
      (
        "echo '{\"schema\":\"scaleup.trial/1\",\"result\":\"500500\",\"region\":900000000000000000}'",
        "longer than the process ran"
      ),
      ("echo '{\"schema\":\"scaleup.trial/1\",\"result\":\"500500\"}'", "lacks 'region'"),
      (
        "echo '{\"schema\":\"scaleup.trial/1\",\"result\":\"500500\",\"region\":0}'",
        "region of 0 ns"
      ),
      (
        "echo '{\"schema\":\"scaleup.trial/2\",\"result\":\"500500\",\"region\":1}'",
        "unsupported version 'scaleup.trial/2'"
      ),
      (
        "echo '{\"schema\":\"scaleup.trial/1\",\"workers\":7,\"result\":\"500500\",\"region\":1}'",
        "differ from the request: 'workers'"
      ),
    ])
  func brokenModel(script: String, reason: String) throws {
    let folder = try suite(fork: script)
    let outcome = try run(folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.output.hasPrefix("FAILED: fork sum with 1 worker (2 trials): scaleup-fork "),
      "\(outcome.output)")
    #expect(outcome.output.contains(reason), "\(outcome.output)")
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.trials.filter { $0.report != nil }.count == 2)
  }

  @Test(
    "a model that hangs is killed at its time limit, even in another process group",
    arguments: ["sleep 1000", "exec perl -e 'setpgrp(0, getpgrp(getppid)); sleep 1000'"])
  func modelHangs(script: String) throws {
    let folder = try suite(fork: script)
    // Of a workload of fixed time nothing is measured before the run.
    let outcome = try Program(path: "\(folder.path)/scaleup").run(
      [
        "--model", "fork", "--workload", "stress", "--seconds", "0.01", "--trials", "2", "--warmup", "0",
        "--timeout", "0.2", "--no-save",
      ], in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.output.hasPrefix(
        "FAILED: fork stress with 1 worker (2 trials): scaleup-fork did not end within 200.0 ms and was killed"
      ),
      "\(outcome.output)")
  }

  @Test("a wrong sum is reported on standard error beside a machine-readable format")
  func wrongSum() throws {
    let folder = try suite(fork: record(sum: "500501"))
    for format in ["csv", "json"] {
      let outcome = try run(folder, ["--format", format])
      #expect(outcome.status == 1)
      #expect(outcome.error.contains("FAILED: fork sum with 1 worker (2 trials): "))
      #expect(outcome.error.contains("500501 (expected 500500)"))
    }
  }

  @Test(
    "a model that cannot start is reported without the path of its directory",
    .disabled(if: Sanitizer.isThread, "its vfork is a fork, whose child cannot tell why it executed nothing"))
  func modelCannot() throws {
    let folder = try suite(fork: "")
    // It describes itself once, and then is gone.
    try folder.write(
      """
      #!/bin/sh
      "$(dirname "$0")/scaleup-single" --describe | sed 's/"single"/"fork"/'
      rm "$0"

      """, to: "scaleup-fork", isExecutable: true)
    let outcome = try run(folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("failed: cannot start: No such file or directory"))
    #expect(folder.text("run.json")?.contains(folder.path) == false)
  }

  @Test("executables that cannot be models are named and skipped")
  func executablesCannot() throws {
    let folder = try suite(fork: record(sum: "500500"))
    for (name, script) in [("scaleup-fork2", "scaleup-fork"), ("scaleup-x.py", "scaleup-single")] {
      try folder.write(
        "#!/bin/sh\nexec \"$(dirname \"$0\")/\(script)\" \"$@\"\n", to: name, isExecutable: true)
    }
    let outcome = try run(folder)
    #expect(outcome.status == 0)
    for (file, reason) in [
      ("scaleup-fork2", "another executable has the model 'fork'"),
      ("scaleup-x.py", "the name of a model's executable has no dot"),
    ] {
      #expect(outcome.error.contains("ignoring \(file): \(reason)\n"), "\(outcome.error)")
    }
  }

  @Test("processes that a model leaves behind are ended")
  func processesModel() throws {
    let folder = try suite(fork: "sleep 1234 & echo $! >child; \(record(sum: "500500"))")
    let outcome = try run(folder)
    #expect(outcome.status == 0)
    let child = try #require(folder.text("child").flatMap { Int32($0.filter(\.isNumber)) })
    try waitUntil("the orphan has ended") { !ProcessTable.isRunning(child) }
  }

  @Test("missing models are named, with how to build them")
  func missingModels() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    let scaleup = Program(path: "\(folder.path)/scaleup")
    let outcome = try scaleup.run(Self.options + ["--no-save"], in: folder)
    #expect(outcome.status == 0)
    for model in ["fork", "dispatch", "taskgroup", "threads"] {
      #expect(
        outcome.error.contains(
          "scaleup-\(model) is missing; build it with: swift build -c release --product scaleup-\(model)\n"))
    }
    let asked = try scaleup.run(["--model", "fork"], in: folder)
    #expect(asked.status == 1)
    #expect(asked.error.contains("'fork': its executable is missing; build it with: swift build"))
    #expect(try scaleup.run(["list"], in: folder).output.contains("fork       missing; "))
  }

  /// The ways in which an executable does not describe itself, as the lines of a script.
  static let broken = [
    ("kill -SEGV $$", "--describe was killed by SIGSEGV"),
    (
      "echo 'lib.so: cannot open shared object file' >&2; exit 127",
      "exited with status 127: lib.so: cannot open"
    ),
    ("echo rubbish", "the output of --describe is truncated or not JSON"),
    ("exec \"$(dirname \"$0\")/scaleup-single\" \"$@\"", "it describes itself as the model 'single'"),
  ]

  @Test(
    "a broken model has its own reason, the others are measured, and the run exits with 1", arguments: broken)
  func brokenDescription(script: String, reason: String) throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    try folder.write("#!/bin/sh\n\(script)\n", to: "scaleup-fork", isExecutable: true)
    try expectBroken(folder, reason)
  }

  @Test(
    "a model that cannot be executed has its own reason, and the run exits with 1",
    .disabled(if: Sanitizer.isThread, "its vfork is a fork, whose child cannot tell why it executed nothing"))
  func cannotExecute() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    // The header of an executable of another architecture.
    try folder.write("\u{7F}ELF", to: "scaleup-fork", isExecutable: true)
    try expectBroken(folder, "cannot start: Exec format error")
    try folder.write("", to: "scaleup-fork")
    try expectBroken(folder, "it is not an executable file")
  }

  private func expectBroken(_ folder: Folder, _ reason: String) throws {
    let scaleup = Program(path: "\(folder.path)/scaleup")
    let outcome = try run(folder, ["--quiet"])
    #expect(outcome.status == 1 && outcome.output.contains("\nsingle  "))
    let lines = outcome.error.split(separator: "\n")
    #expect(lines.count == 1, "\(outcome.error)")
    #expect(lines.first?.hasPrefix("FAILED: scaleup-fork does not work: ") == true, "\(outcome.error)")
    #expect(lines.first?.contains(reason) == true, "\(outcome.error)")
    #expect(try run(folder, ["--quiet", "--model", "single"]).status == 0, "it was not asked for")
    let asked = try run(folder, ["--model", "fork"])
    #expect(asked.status == 1 && asked.output == "")
    #expect(asked.error.hasPrefix("scaleup: cannot run the model 'fork': scaleup-fork does not work: "))
    let list = try scaleup.run(["list"], in: folder)
    #expect(list.status == 0 && list.output.contains("fork       does not work: "), "\(list.output)")
    #expect(!list.output.contains("scaleup-fork"), "it does not say how to build it")
  }

  @Test("without any model, one line says how to build them")
  func withoutModel() throws {
    let folder = try Folder()
    try folder.install(["scaleup"])
    let outcome = try Program(path: "\(folder.path)/scaleup").run([], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("no model executable works in the directory of this program"))
    #expect(outcome.error.contains("swift build -c release"))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("a new model needs no change in the harness")
  func newModel() throws {
    let folder = try suite(fork: "exec \"$(dirname \"$0\")/scaleup-single\" \"$@\"")
    try folder.write(
      """
      #!/bin/sh
      "$(dirname "$0")/scaleup-single" "$@" | sed 's/"single"/"brandnew"/'

      """, to: "scaleup-brandnew", isExecutable: true)
    let outcome = try run(folder, ["--model", "brandnew"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\nbrandnew "))
  }
}
