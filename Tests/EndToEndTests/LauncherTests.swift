import Foundation
import Harness
import Records
import Testing

/// `scaleup run --launcher` with stand-ins for a launcher and for `scaleup-mpi`; no MPI is needed.
@Suite struct LauncherTests {
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

  @Test func `a launcher executes the model with its own words before it`() throws {
    let folder = try folder(launcher: "echo \"$@\" >> words\nshift\nexec \"$@\"")
    let outcome = try run(folder, ["--launcher", "./launch 'of {workers}'", "--workers", "3"])
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    let words = try #require(folder.text("words")?.split(separator: "\n").last)
    #expect(words == "of 3 \(folder.path)/scaleup-mpi sum --workers 3 --json --upto 1000")
  }

  @Test(
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
  func `what a launcher or a rank says of its end is told on one line`(script: String, reason: String) throws
  {
    let outcome = try run(
      try folder(launcher: script), ["--launcher", "./launch {workers}", "--workers", "2"])
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("FAILED: mpi sum with 2 workers: \(reason)\n"), "\(outcome.output)")
  }

  @Test func `a launcher is asked to end before it is killed, for only it knows what it has started`() throws
  {
    let folder = try folder(launcher: "trap 'echo ended > ended; exit 1' TERM\nsleep 60 &\nwait")
    let outcome = try run(
      folder, ["--launcher", "./launch {workers}", "--workers", "2", "--timeout", "1"])
    #expect(outcome.status == 1 && outcome.output.contains("did not end within 1.000 s and was killed"))
    #expect(folder.text("ended") == "ended\n")
  }

  @Test func `a launcher that prints too much is asked to end, too`() throws {
    let folder = try folder(
      launcher: "trap 'echo ended > ended; exit 1' TERM\nhead -c 3000000 /dev/zero\nsleep 60 &\nwait")
    let outcome = try run(folder, ["--launcher", "./launch {workers}", "--workers", "2"])
    #expect(outcome.status == 1 && outcome.output.contains(" bytes and was killed"), "\(outcome.output)")
    #expect(folder.text("ended") == "ended\n")
  }

  @Test func `a launcher that does not end when it is asked is killed, and what it said is told`() throws {
    let folder = try folder(launcher: "trap '' TERM\necho rank 1 is gone >&2\nsleep 600")
    let outcome = try run(
      folder, ["--launcher", "./launch {workers}", "--workers", "2", "--timeout", "1"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("did not end within 1.000 s and was killed: rank 1 is gone\n"))
  }

  @Test(
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
  func `what cannot be launched is refused in one line`(arguments: [String], reason: String) throws {
    let outcome = try run(try folder(), arguments)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup: \(reason)"), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test func `without a launcher the others are run, and nothing is said`() throws {
    let outcome = try run(try folder(), ["--quiet"])
    #expect(outcome.status == 0 && outcome.error == "" && !outcome.output.contains("mpi"))
  }

  @Test(.enabled(if: !MessagePassing.isBeside, "scaleup-mpi beside the tests is built with MPI"))
  func `an executable that is built without MPI says how it is built`() throws {
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
