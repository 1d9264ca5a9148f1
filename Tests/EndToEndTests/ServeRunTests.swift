import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// `scaleup run --workload serve` with scripts that stand in for the servers and for the load generator, which is the
/// executable `scaleup` beside the harness.
@Suite(.blocking) struct ServeRunTests {
  /// The harness under another name, two servers and a generator that reports 1000 answers per second.
  ///
  /// - Parameters:
  ///   - fork: What the second server does instead of serving.
  ///   - generator: What the generator does before it reports.
  private func suite(fork: String = "serve fork", generator: String = "") throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup"])
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/scaleup", toPath: "\(folder.path)/harness")
    try folder.installServers([("single", 1, "serve single"), ("fork", 4, fork)])
    try folder.write(
      """
      #!/bin/sh
      \(generator)
      echo "$@" >>"$0.calls"
      rate=
      while [ $# -gt 0 ]; do
        case "$1" in
        --rate) rate="\\"askedRate\\":$2," ;;
        --connections) connections=$2 ;;
        esac
        shift
      done
      echo '{"schema":"scaleup.load/1","version":"1","url":"http://127.0.0.1:4711/",'"$rate"'"achievedRate":1000,
        "duration":1000000000,"warmUp":200000000,"connections":'$connections',"sent":1000,"answered":1000,
        "answeredInAll":1200,"unanswered":0,"errors":{},"bytesSent":1,"bytesReceived":1,
        "latency":{"clamped":0,"counts":[1000,1000]},"userTime":1000,"systemTime":1000}'

      """, to: "scaleup", isExecutable: true)
    return folder
  }

  private static let options = [
    "run", "--workload", "serve", "--workers", "1,2", "--trials", "2", "--warmup", "0", "--foreign-load",
    "1000",
  ]

  private func run(_ folder: Folder, _ arguments: [String]) throws -> Program.Outcome {
    try Program(path: "\(folder.path)/harness").run(arguments, in: folder)
  }

  @Test("servers are measured at half of the least rate, saved without addresses, and shown")
  func measured() throws {
    let folder = try suite()
    let outcome = try run(folder, Self.options + ["--path", "/api/1e6", "--output", "run.json"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error.contains("serve: 500/s, half of what the slowest configuration answers"))
    #expect(outcome.output.contains("serve /api/1e6 at 500/s over 32 connections for "), "\(outcome.output)")
    for title in ["CPU/request", "p99", "bound by"] { #expect(outcome.output.contains(title)) }
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(
      saved.plan.configurations.map { "\($0.model) \($0.workers)" } == ["single 1", "fork 1", "fork 2"])
    #expect(
      saved.trials.count == 6 && saved.trials.allSatisfy { $0.report?.traffic != nil && $0.failure == nil })
    #expect(saved.trials.allSatisfy { $0.report?.result == ExactInteger(1200) })
    let text = try #require(folder.text("run.json"))
    #expect(!text.contains("127.0.0.1") && !text.contains(folder.path))
    let calls = try #require(folder.text("scaleup.calls")).split(separator: "\n")
    #expect(calls.count == 9 && calls.count { $0.contains("--rate 500 --arrivals poisson") } == 6)
    #expect(calls.allSatisfy { $0.hasPrefix("load http://127.0.0.1:4711/api/1e6 ") })
  }

  @Test("a saved run of servers is resumed, reported, compared and gated")
  func continued() throws {
    let folder = try suite()
    let given = Self.options + ["--rate", "1000", "--seconds", "1", "--connections", "4"]
    #expect(try run(folder, given + ["--output", "run.json"]).status == 0)
    var record = try RunFile.read("\(folder.path)/run.json")
    record.trials.removeLast(2)
    try folder.write(try RunEncoder.text(of: record), to: "part.json")
    let resumed = try run(folder, ["run", "--resume", "part.json"])
    #expect(resumed.status == 0, "\(resumed.error)")
    #expect(try RunFile.read("\(folder.path)/part.json").trials.count == 6)
    for format in ["csv", "json", "markdown"] {
      let report = try run(folder, ["report", "run.json", "--format", format])
      #expect(report.status == 0 && !report.output.isEmpty, "\(report.error)")
    }
    #expect(try run(folder, ["report", "run.json", "--html", "page.html"]).status == 0)
    #expect(try run(folder, ["report", "page.html"]).output.contains("serve / at 1000/s over 4 connections"))
    let compared = try run(folder, ["compare", "run.json", "part.json"])
    #expect(compared.status == 0 && compared.output.contains("CPU/request"), "\(compared.output)")
    // A baseline gives the workload, the rate, the path and the connections.
    let beside = try run(
      folder,
      [
        "run", "--baseline", "run.json", "--gate", "time:1000%", "--trials", "2", "--warmup", "0",
        "--workers",
        "1", "--foreign-load", "1000", "--no-save",
      ])
    #expect(beside.output.contains("serve / at 1000/s over 4 connections"), "\(beside.output)\(beside.error)")
    #expect(beside.output.contains("gate time:1000%"))
  }

  @Test("the servers of another build are tried in the same rounds, saved and compared")
  func baselineSuite() throws {
    let folder = try suite()
    let old = "\(folder.path)/old"
    try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
    for name in ["scaleup-single", "scaleup-fork"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(old)/\(name)", withDestinationPath: "\(folder.path)/\(name)")
    }
    let given = ["--rate", "1000", "--seconds", "1", "--baseline-suite", "old", "--output", "run.json"]
    let outcome = try run(folder, Self.options + given)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("serve: ratio to baseline") && outcome.output.contains("CPU/request"))
    let runs = try ["run.json", "run-baseline.json"].map { try RunFile.read("\(folder.path)/\($0)") }
    #expect(runs.allSatisfy { $0.trials.count == 6 && $0.trials.allSatisfy { $0.failure == nil } })
    #expect(RunRecord.shareRounds([[runs[1]], [runs[0]]]))
  }

  @Test("a server that breaks fails its trials with a line each, and the others are measured")
  func broken() throws {
    let folder = try suite(fork: "echo 'no port is free' >&2; exit 71")
    let outcome = try run(folder, Self.options + ["--no-save"])
    #expect(outcome.status == 1)
    for workers in ["1 worker", "2 workers"] {
      let reason = "scaleup-fork exited with status 71 before it was ready: no port is free"
      #expect(
        outcome.output.contains("FAILED: fork serve with \(workers) (2 trials): \(reason)\n"),
        "\(outcome.output)")
    }
    #expect(outcome.output.contains("\nsingle "))
    let all = try suite(fork: "exit 1", generator: "echo 'no descriptors' >&2; exit 1")
    let none = try run(all, Self.options + ["--no-save"])
    #expect(none.status == 1 && none.output == "")
    #expect(
      none.error.hasSuffix(
        "scaleup: cannot measure the rate of serve: the load generator exited with status 1: no descriptors\n"
      ),
      "\(none.error)")
  }

  @Test("an interrupted run ends the server and the generator")
  func interrupted() throws {
    let folder = try suite(generator: "echo $$ >\"$0.pid\"; exec sleep 1000")
    let harness = try Program(path: "\(folder.path)/harness").start(
      Self.options + ["--rate", "1000", "--output", "run.json"], in: folder)
    func process(_ name: String) -> Int32? {
      folder.text("\(name).pid").flatMap { Int32($0.filter(\.isNumber)) }
    }
    try waitUntil("the generator has started") { process("scaleup") != nil }
    let both = try [
      #require(process("scaleup")), #require(process("scaleup-single") ?? process("scaleup-fork")),
    ]
    harness.send(SIGINT)
    #expect(try harness.wait().status == 128 + SIGINT)
    for process in both { #expect(!ProcessTable.isRunning(process)) }
  }

  @Test(
    "options of requests that cannot be are refused in one line",
    arguments: [
      (["--workload", "serve", "--path", "api"], "--path", "a path of visible ASCII characters"),
      (["--workload", "serve", "--path", "/a b"], "--path", "a path of visible ASCII characters"),
      (["--workload", "serve", "--path", "/#x"], "--path", "a path of visible ASCII characters"),
      (["--workload", "serve", "--rate", "0"], "--rate", "from 0.1 to 10000000"),
      (["--workload", "serve", "--rate", "nan"], "--rate", "from 0.1 to 10000000"),
      (["--workload", "serve", "--rate", "1e8"], "--rate", "from 0.1 to 10000000"),
      (["--workload", "serve", "--connections", "0"], "--connections", "1"),
      (["--workload", "sum", "--rate", "7"], "--rate", "has no effect without --workload serve"),
    ])
  func refused(arguments: [String], option: String, reason: String) throws {
    let folder = try suite()
    let outcome = try run(folder, ["run"] + arguments)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.contains(option) && outcome.error.contains(reason), "\(outcome.error)")
  }
}
