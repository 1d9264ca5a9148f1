import Foundation
import Testing

/// Mistakes of users: each gets one line that says what is wrong, what was expected and what to do.
@Suite(.blocking) struct BadInputTests {
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let words: [String]

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases = [
    Case(
      arguments: ["--upto", "-1"], words: ["--upto: '-1'", "whole number from 0 to 18446744073709551614"]),
    Case(arguments: ["--upto", "1.5"], words: ["'1.5'", "try --upto 1e10"]),
    Case(arguments: ["--upto", "many"], words: ["'many'"]),
    Case(arguments: ["--upto", "18446744073709551615"], words: ["18446744073709551615"]),
    Case(arguments: ["--workers", "0"], words: ["--workers: '0'", "from 1 to 4096", "try --workers"]),
    Case(arguments: ["--workers", "-2"], words: ["'-2'"]),
    Case(arguments: ["--workers", "1,4097"], words: ["'1,4097'"]),
    Case(arguments: ["--seconds", "0"], words: ["--seconds: '0'", "number of seconds"]),
    Case(arguments: ["--seconds", "-1"], words: ["'-1'"]),
    Case(arguments: ["--seconds", "nan"], words: ["'nan'"]),
    Case(arguments: ["--seconds", "inf"], words: ["'inf'"]),
    Case(arguments: ["--trails", "3"], words: ["unknown option: '--trails'", "did you mean --trials?"]),
    Case(arguments: ["--model", "frok"], words: ["'frok'", "one of single, fork", "try --model fork"]),
    Case(arguments: ["--workload", "sun"], words: ["'sun'", "try --workload sum"]),
    Case(arguments: ["rnu"], words: ["unknown subcommand: 'rnu'", "did you mean run?"]),
    Case(arguments: ["--format", "tabel"], words: ["'tabel'", "try --format table"]),
    Case(arguments: ["--upto"], words: ["missing value for --upto", "try --upto 1e10"]),
    Case(arguments: ["--upto", "--quick"], words: ["missing value for --upto"]),
    Case(arguments: ["--quick=yes"], words: ["--quick takes no value"]),
    Case(arguments: ["--trials", "2", "--trials", "3"], words: ["--trials is given twice"]),
    Case(
      arguments: ["--label", String(repeating: "x", count: 256)],
      words: ["invalid value for --label", "at most 255 bytes"]),
    Case(arguments: ["run", "now"], words: ["unexpected argument: 'now'"]),
    Case(arguments: ["--no-save", "--output", "x.json"], words: ["contradict"]),
    Case(
      arguments: ["--output", "no/such/folder/x.json"],
      words: ["cannot write no/such/folder/x.json", "--output"]),
    Case(arguments: ["--output", "/proc/x.json"], words: ["cannot write /proc/x.json"]),
    Case(
      arguments: ["--output", "/dev/null/x.json"],
      words: ["cannot write /dev/null/x.json", "Not a directory"]),
    Case(arguments: ["--output", "/dev/null"], words: ["cannot write /dev/null"]),
    Case(arguments: ["--gate", "time:3%"], words: ["--gate", "add --baseline FILE"]),
    Case(
      arguments: ["--gate", "speed:3%"],
      words: ["--gate: 'speed:3%'", "time, efficiency, utilization", "try --gate time:3%"]),
    Case(arguments: ["--gate", "effciency:5%"], words: ["try --gate efficiency:5%"]),
    Case(arguments: ["--gate", "time:3"], words: ["--gate: 'time:3'", "a percentage"]),
    Case(arguments: ["--gate", "time:-3%"], words: ["--gate: 'time:-3%'"]),
    Case(arguments: ["--gate", "time:1e3%"], words: ["--gate: 'time:1e3%'"]),
    Case(arguments: ["--baseline", "none.json"], words: ["cannot open none.json", "scaleup list"]),
    Case(arguments: ["compare"], words: ["missing argument: BASELINE", "see scaleup compare --help"]),
    Case(
      arguments: ["compare", "a.json"],
      words: ["missing argument: FILE (results file to compare with the baseline"]),
    Case(arguments: ["compare", "a.json", "b.json"], words: ["cannot open a.json"]),
    Case(arguments: ["compare", "a", "b", "--price", "a=0"], words: ["--price: 'a=0'", "a price above 0"]),
    Case(arguments: ["compare", "a", "b", "--price", "a=0,34"], words: ["--price: 'a=0,34'"]),
    Case(arguments: ["compare", "a", "b", "--price", "a"], words: ["--price: 'a'", "try --price A=0.34"]),
    Case(arguments: ["compare", "a", "b", "--format", "csv"], words: ["'csv'", "table, markdown, json"]),
    Case(arguments: ["--program", "mine"], words: ["--program: 'mine'", "an equals sign", "mine=./mine"]),
    Case(arguments: ["--program", "mine="], words: ["--program: 'mine='", "and a path"]),
    Case(arguments: ["--program", "=x"], words: ["--program: '=x'"]),
    Case(
      arguments: ["--program", "Mine=/bin/true"], words: ["up to 32 lower-case letters, digits and hyphens"]),
    Case(arguments: ["--program", "-a=/bin/true"], words: ["--program: '-a=/bin/true'"]),
    Case(arguments: ["--program", "\u{1B}[31m=/bin/true"], words: ["'\u{FFFD}[31m=/bin/true'"]),
    Case(arguments: ["--program", "a=/bin/true,b"], words: ["'a=/bin/true,b'"]),
    Case(arguments: ["--program", "a=no/such/file"], words: ["no/such/file is not an executable file"]),
    Case(arguments: ["--program", "a=x\u{1B}[31m"], words: ["x\u{FFFD}[31m is not an executable file"]),
    Case(arguments: ["--program", "a=/bin"], words: ["/bin is not an executable file"]),
    Case(arguments: ["--program", "a=/etc/passwd"], words: ["/etc/passwd is not an executable file"]),
    Case(arguments: ["--program", "true"], words: ["--program: 'true'"]),
    Case(arguments: ["--program"], words: ["missing value for --program", "try --program mine=./mine"]),
    Case(
      arguments: ["--kernel", "smid"],
      words: ["--kernel: 'smid'", "one of scalar, simd", "try --kernel simd"]),
    Case(arguments: ["--kernel", ""], words: ["--kernel: ''"]),
    Case(arguments: ["--kernel", "scalar,"], words: ["--kernel: 'scalar,'"]),
    Case(
      arguments: ["--schedule", "dynamik"],
      words: ["--schedule: 'dynamik'", "static, dynamic, guided", "try --schedule dynamic"]),
    Case(arguments: ["--schedule", "static;guided"], words: ["--schedule: 'static;guided'"]),
    Case(
      arguments: ["--schedule", "static", "--model", "single"],
      words: ["--schedule and --grain have no effect"]),
    Case(
      arguments: ["--schedule", "static", "--workload", "stress"],
      words: ["--schedule and --grain have no effect"]),
    Case(arguments: ["--grain", "0"], words: ["--grain: '0'", "from 1 to", "try --grain 1e6"]),
    Case(arguments: ["--grain", "-1"], words: ["--grain: '-1'"]),
    Case(arguments: ["--grain", "1e20"], words: ["--grain: '1e20'"]),
    Case(
      arguments: ["--grain", "101", "--upto", "100"], words: ["--grain 101 exceeds N = 100"]),
    Case(arguments: ["--grain", "5", "--model", "single"], words: ["--schedule and --grain have no effect"]),
    Case(arguments: ["--repetitions", "0"], words: ["--repetitions: '0'", "from 1 to 1000000"]),
    Case(arguments: ["--repetitions", "1000001"], words: ["--repetitions: '1000001'"]),
    Case(arguments: ["--repetitions", "many"], words: ["--repetitions: 'many'", "try --repetitions 100"]),
    Case(arguments: ["report"], words: ["missing argument: FILE (results file"]),
    Case(arguments: ["report", "none.json"], words: ["cannot open none.json", "expected a results file"]),
    Case(arguments: ["report", "."], words: ["cannot read ."]),
  ]

  @Test("a wrong command line prints one line, exits with 64 and writes nothing", arguments: cases)
  func wrongCommand(_ wrong: Case) throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(wrong.arguments, in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(outcome.error.hasPrefix("scaleup: "))
    for word in wrong.words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    #expect(folder.names == [])
  }

  @Test(
    "a file that is not a run prints one line and exits with 64",
    arguments: [
      ("", "is empty"), ("{\"schema\":\"scaleup.run/1\",\"ver", "is truncated or not JSON"),
      ("not JSON at all", "is truncated or not JSON"), ("[1,2,3]", "has an unexpected value"),
      ("{}", "lacks 'schema'"),
      ("{\"schema\":\"scaleup.run/2\"}", "has the unsupported version 'scaleup.run/2'"),
      ("{\"schema\":\"scaleup.trial/1\"}", "is a 'scaleup.trial/1' record"),
    ])
  func fileRun(text: String, reason: String) throws {
    let folder = try Folder()
    try folder.write(text, to: "run.json")
    let outcome = try Program("scaleup").run(["report", "run.json"], in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1)
    #expect(outcome.error.contains("run.json \(reason)"), "\(outcome.error)")
  }

  @Test("a program that was copied without its models says what to copy")
  func copiedAlone() throws {
    let folder = try Folder()
    try folder.install(["scaleup"])
    let outcome = try Program(path: "\(folder.path)/scaleup").run(["--quick"], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.error.split(separator: "\n").count == 1)
    #expect(outcome.error.contains("expected scaleup-single, ") && outcome.error.contains("(copy them there"))
  }

  @Test("a results directory that is a link to nothing is named before anything is measured")
  func danglingResults() throws {
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/results", withDestinationPath: "none")
    let outcome = try Program("scaleup").run(["--quick"], in: folder)
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.contains("scaleup: cannot follow the link results: "), "\(outcome.error)")
  }

  @Test(
    "a model executable refuses what it cannot do",
    arguments: ["single", "fork", "dispatch", "taskgroup", "threads"])
  func modelExecutable(model: String) throws {
    let program = try Program("scaleup-\(model)")
    for arguments in [
      [], ["sun"], ["sum", "--upto", "-5"], ["sum", "--workers", "0"], ["sum", "--seconds", "1"],
      ["stress", "--load", "0"], ["stress", "--load", "101"], ["stress", "--seconds", "inf"], ["--jsno"],
    ] {
      let outcome = try program.run(arguments)
      #expect(outcome.status == 64, "\(arguments)")
      #expect(outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      #expect(outcome.error.hasPrefix("scaleup-\(model): "))
    }
  }
}
