import Foundation
import Harness
import Records
import TestSupport
import Testing

/// `scaleup run --launcher` with stand-ins for a launcher and for `scaleup-mpi`; no MPI is needed.
@Suite(.blocking) struct LauncherTests {
  private static let description =
    #"{"schema":"scaleup.model/1","model":"mpi","summary":"far","version":"1","maximumWorkers":99,"isLaunched":true,"#
    + #""workloads":[{"name":"sum","summary":"","extent":"numbers"}]}"#
  private static let record = #"{"schema":"scaleup.trial/1","result":"500500","region":1000}"#

  /// A folder with the suite, a model that prints its record, and a launcher that executes what follows its count.
  private func folder(launcher: String = "shift\nexec \"$@\"") throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    try folder.write(
      "#!/bin/sh\nif [ \"$1\" = --describe ]; then echo '\(Self.description)'; else echo '\(Self.record)'; fi\n",
      to: "scaleup-mpi", isExecutable: true)
    try folder.write("#!/bin/sh\n\(launcher)\n", to: "launch", isExecutable: true)
    return folder
  }

  private func run(_ folder: Folder, _ arguments: [String]) throws -> Program.Outcome {
    try Program(path: "\(folder.path)/scaleup").run(
      ["--workload", "sum", "--upto", "1000", "--trials", "1", "--warmup", "0", "--output", "run.json"]
        + arguments,
      in: folder)
  }

  @Test("a launcher executes the model after its own words")
  func launcherExecutes() throws {
    let folder = try folder(launcher: "echo \"$@\" >> words\nshift\nexec \"$@\"")
    let outcome = try run(folder, ["--launcher", "./launch 'of {workers}'", "--workers", "3"])
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    let words = try #require(folder.text("words")?.split(separator: "\n").last)
    #expect(words == "of 3 \(folder.path)/scaleup-mpi sum --workers 3 --json --upto 1000")
  }

  @Test(
    "the last words of a launcher or rank are reported on one line",
    arguments: [
      (
        "echo 'scaleup-mpi: rank 1 on b cannot gather' >&2; echo ----- >&2; echo 'noise' >&2; exit 1",
        "scaleup-mpi exited with status 1: rank 1 on b cannot gather"
      ),
      (
        "printf -- '----\\nmpirun noticed  that\\nrank 1 is gone\\n\\n----\\n' >&2; exit 137",
        "scaleup-mpi exited with status 137: mpirun noticed that rank 1 is gone"
      ),
      (
        "printf '\\n====\\n=   PID 7 RUNNING AT b\\n=   EXIT CODE: 9\\n'; echo '\(record)'; exit 9",
        "scaleup-mpi exited with status 9: PID 7 RUNNING AT b EXIT CODE: 9"
      ),
    ])
  func lastWords(script: String, reason: String) throws {
    let outcome = try run(
      try folder(launcher: script), ["--launcher", "./launch {workers}", "--workers", "2"])
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("FAILED: mpi sum with 2 workers: \(reason)\n"), "\(outcome.output)")
  }

  @Test("a launcher is asked to end before it is killed, so that it can end its processes")
  func launcherAsked() throws {
    let (folder, outcome) = try runToLimit(
      launcher: "trap 'echo ended > ended; exit 1' TERM\ntouch ready\nsleep 1000 &\nwait")
    #expect(outcome.status == 1 && outcome.output.contains(" s and was killed"), "\(outcome.output)")
    #expect(folder.text("ended") == "ended\n")
  }

  @Test("a launcher that prints too much is asked to end, too")
  func launcherPrints() throws {
    let folder = try folder(
      launcher: "trap 'echo ended > ended; exit 1' TERM\nhead -c 3000000 /dev/zero\nsleep 1000 &\nwait")
    let outcome = try run(folder, ["--launcher", "./launch {workers}", "--workers", "2"])
    #expect(outcome.status == 1 && outcome.output.contains(" bytes and was killed"), "\(outcome.output)")
    #expect(folder.text("ended") == "ended\n")
  }

  @Test("a launcher that ignores SIGTERM is killed, and its last words are reported")
  func launcherIgnores() throws {
    let outcome = try runToLimit(
      launcher: "trap '' TERM\necho rank 1 is gone >&2\ntouch ready\nsleep 1000"
    ).outcome
    #expect(outcome.status == 1)
    #expect(outcome.output.contains(" s and was killed: rank 1 is gone\n"), "\(outcome.output)")
  }

  /// Runs a launcher that does not end by itself under longer and longer time limits, until it reaches its line
  /// `touch ready` before it is asked to end.
  private func runToLimit(launcher: String) throws -> (folder: Folder, outcome: Program.Outcome) {
    for limit in [1, 8, 64] {
      let folder = try folder(launcher: launcher)
      let outcome = try run(
        folder,
        ["--launcher", "./launch {workers}", "--workers", "2", "--timeout", "\(limit)"])
      if folder.names.contains("ready") { return (folder, outcome) }
    }
    throw WaitTimeout(description: "the launcher is ready: not within 64 s")
  }

  @Test(
    "wrong launcher options are refused in one line",
    arguments: [
      (
        ["--launcher", "./launch 4"],
        "invalid value for --launcher: './launch 4' (expected a command with {workers} or "
      ),
      (
        ["--launcher", "'./launch {workers}"],
        "invalid value for --launcher: ''./launch {workers}' (expected "
      ),
      (
        ["--launcher", "no-such-launcher {workers}"],
        "cannot find the launcher 'no-such-launcher' on the PATH"
      ),
      (
        ["--model", "mpi"], "cannot run the model 'mpi': it needs a launcher (try --launcher "
      ),
      (
        ["--threads-per-rank", "2"],
        "--threads-per-rank has no effect without --launcher"
      ),
      (
        ["--launcher", "./launch {workers}", "--threads-per-rank", "2"],
        "--threads-per-rank needs a launcher that takes the number of processes"
      ),
      (
        ["--launcher", "./launch {ranks}", "--workers", "2,4", "--threads-per-rank", "2,3"],
        "--threads-per-rank 3 has no effect"
      ),
    ])
  func wrongLauncher(arguments: [String], reason: String) throws {
    let outcome = try run(try folder(), arguments)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup: \(reason)"), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("without --launcher the other models run, and nothing is said about MPI")
  func withoutLauncher() throws {
    let outcome = try run(try folder(), ["--quiet"])
    #expect(outcome.status == 0 && outcome.error == "" && !outcome.output.contains("mpi"))
  }

  @Test(
    "a scaleup-mpi built without MPI says how to build it",
    .enabled(if: !MessagePassing.isBeside, "scaleup-mpi beside the tests is built with MPI"))
  func scaleupMpi() throws {
    let alone = try Program("scaleup-mpi").run(["sum"])
    #expect(alone.status == 1 && alone.output == "")
    #expect(
      alone.error == "scaleup-mpi: built without MPI; build it with: swift build -c release --traits MPI\n")
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single", "scaleup-mpi"])
    for arguments in [["--model", "mpi"], ["--launcher", "sh {workers}"]] {
      let outcome = try run(folder, arguments)
      #expect(
        outcome.status == 64 && outcome.error.contains("built without MPI; build it with: "),
        "\(outcome.error)")
    }
    let list = try Program(path: "\(folder.path)/scaleup").run(["list"], in: folder).output
    #expect(list.contains("built without MPI; build it with: "), "\(list)")
  }
}
