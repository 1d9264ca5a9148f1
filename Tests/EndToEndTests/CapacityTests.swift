import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// `scaleup capacity` with scripts that stand in for the servers and for the load generator, which is the executable
/// `scaleup` beside the harness.
@Suite(.blocking) struct CapacityTests {
  /// The harness under another name, two servers, and a generator that reports small latencies up to 1000 requests per second
  /// and worker, and large ones above.
  ///
  /// - Parameters:
  ///   - fork: What the second server does instead of serving.
  ///   - generator: What the generator does before it reports.
  private func suite(fork: String = "serve fork", generator: String = "") throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup"])
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/scaleup", toPath: "\(folder.path)/harness")
    try folder.installServers(
      [("single", 1, "serve single"), ("fork", 4, fork)], port: "$((4000 + workers))")
    try folder.write(
      """
      #!/bin/sh
      port=${2##*:}
      capacity=$((1000 * (${port%%/*} - 4000)))
      answers=$capacity
      echo "$@" >>"$0.calls"
      while [ $# -gt 0 ]; do
        case "$1" in
        --rate) rate=$2 asked="\\"askedRate\\":$2," answers=${2%.*} ;;
        --connections) connections=$2 ;;
        esac
        shift
      done
      bucket=\(try Self.bucket(of: 1_000_000)) cpu=1000
      if [ $answers -gt $capacity ]; then bucket=\(try Self.bucket(of: 1_000_000_000)); fi
      \(generator)
      echo '{"schema":"scaleup.load/1","version":"1","url":"http://127.0.0.1/",'"$asked"'"achievedRate":'$answers',
        "duration":1000000000,"warmUp":200000000,"connections":'$connections',"sent":'$answers',
        "answered":'$answers',"answeredInAll":'$answers',"unanswered":0,"errors":{},"bytesSent":1,
        "bytesReceived":1,"latency":{"clamped":0,"counts":['$bucket','$answers']},"userTime":'$cpu',
        "systemTime":1000}'

      """, to: "scaleup", isExecutable: true)
    return folder
  }

  /// Returns the number that stands for a time in the JSON of a histogram.
  private static func bucket(of time: UInt64) throws -> Int {
    struct Counts: Decodable { let counts: [Int] }
    var histogram = LatencyHistogram()
    histogram.record(time)
    return try JSONDecoder().decode(Counts.self, from: JSONEncoder().encode(histogram)).counts[0]
  }

  private static let options = ["capacity", "--workers", "1,2", "--foreign-load", "1000"]

  private static let forkWithTwo = [
    "capacity", "--model", "fork", "--workers", "2", "--foreign-load", "1000",
  ]

  private func run(_ folder: Folder, _ arguments: [String]) throws -> Program.Outcome {
    try Program(path: "\(folder.path)/harness").run(arguments, in: folder)
  }

  @Test("the brackets hold the capacities, and the record has every try without addresses")
  func brackets() throws {
    let folder = try suite()
    let outcome = try run(
      folder,
      Self.options + ["--json", "--quiet", "--path", "/api/7", "--connections", "5", "--label", "lab"])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    let record = try JSONDecoder().decode(CapacityRecord.self, from: Data(outcome.output.utf8))
    #expect(record.contradiction == nil && record.host == "lab" && record.interrupted == nil)
    #expect(record.objective == LatencyObjective("p99:20ms") && record.duration == 1_000_000_000)
    #expect(record.services.map(\.model) == ["single", "fork", "fork"])
    #expect(record.services.map(\.workers) == [1, 1, 2])
    for service in record.services {
      let (low, high) = (try #require(service.low), try #require(service.high))
      let capacity = 1000 * Double(service.workers)
      #expect(low < capacity + 1 && capacity < high && service.confirmed, "\(low) \(high)")
      #expect(service.tries.allSatisfy { $0.latency.map { $0 < 2_000_000 } == ($0.outcome == .met) })
    }
    #expect(record.speedups?.map(\.workers) == [1, 1, 2])
    #expect(record.speedups?.allSatisfy { 0.9...1.1 ~= $0.efficiency ?? 0 } == true)
    let text = outcome.output
    #expect(!text.contains("127.0.0.1") && !text.contains(folder.path))
    let calls = try #require(folder.text("scaleup.calls")).split(separator: "\n")
    #expect(calls.count == 3 + record.services.reduce(0) { $0 + $1.tries.count })
    #expect(calls.allSatisfy { $0.contains("/api/7 ") && $0.contains("--connections 5 ") })
    #expect(
      calls.dropFirst(3).allSatisfy { $0.contains("--arrivals poisson") && $0.contains("--seconds 1.0") })
  }

  @Test("the table has a row per service, and a saved record is printed again")
  func saved() throws {
    let folder = try suite()
    let table = try run(folder, Self.options + ["--model", "fork", "--slo", "p50:5ms", "--seconds", "3"])
    #expect(table.status == 0, "\(table.error)")
    #expect(table.output.contains("capacity of / with p50 ≤ 5 ms, over 32 connections, tries of 3 s\n"))
    #expect(table.output.contains("fork with 2 workers serves most: "), "\(table.output)")
    #expect(table.output.contains("No scaling laws: a law needs at least 3 worker counts"))
    let json = try run(folder, Self.options + ["--model", "fork", "--json"]).output
    try folder.write(json, to: "capacity.json")
    let report = try run(folder, ["report", "capacity.json"])
    #expect(report.status == 0 && report.output.contains("capacity of / with p99 ≤ 20 ms"), "\(report.error)")
    #expect(try run(folder, ["report", "capacity.json", "--format", "json"]).output == json)
    let csv = try run(folder, ["report", "capacity.json", "--format", "csv"])
    #expect(csv.status == 64 && csv.error.contains("use --format table or json"))
    try folder.write(json.replacing("\"connections\":32", with: "\"connections\":0"), to: "broken.json")
    let broken = try run(folder, ["report", "broken.json"])
    #expect(broken.status == 64 && broken.error.contains("has an invalid value at 'connections': 0"))
  }

  @Test("a busy generator ends the search of a service, whose row says so")
  func busyGenerator() throws {
    let folder = try suite(
      generator:
        "if [ $answers -gt 1500 ] && [ $capacity -eq 2000 ]; then cpu=950000000 bucket=\(try Self.bucket(of: 1_000_000_000)); fi"
    )
    let outcome = try run(folder, Self.options)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(
      outcome.output.contains("Not ranked, because the load generator was the limit: fork with 2 workers"))
    #expect(outcome.output.contains("≥ 1000/s"))
    #expect(outcome.output.contains("bound by generator"), "\(outcome.output)")
  }

  @Test("a server that cannot start, dies or answers wrongly fails with a line, and the others are measured")
  func failures() throws {
    for (body, reason) in [
      (
        "echo 'no port is free' >&2; exit 71",
        "scaleup-fork exited with status 71 before it was ready: no port is free"
      ),
      ("serve other", "scaleup-fork reported parameters that differ from the request: 'model'"),
    ] {
      let outcome = try run(try suite(fork: body), Self.options)
      #expect(outcome.status == 1)
      #expect(
        outcome.output.hasPrefix("FAILED: fork with 1 worker: \(reason)\nFAILED: fork with 2 workers: "),
        "\(outcome.output)")
      #expect(outcome.output.contains("single with 1 worker serves "))
    }
    let killing = try suite(
      generator:
        "if [ -n \"$asked\" ] && [ $answers -gt 1200 ]; then kill -9 $(cat \"$0-fork.pid\"); exec sleep 1000; fi"
    )
    let outcome = try run(killing, Self.forkWithTwo + ["--json"])
    #expect(outcome.status == 1)
    #expect(
      outcome.error.contains(
        "FAILED: fork with 2 workers: scaleup-fork was killed by SIGKILL during the trial\n"),
      "\(outcome.error)")
    let record = try JSONDecoder().decode(CapacityRecord.self, from: Data(outcome.output.utf8))
    #expect(record.services.map(\.low) == [1000])
  }

  @Test("an interrupted measurement reports what is finished")
  func interrupted() throws {
    let folder = try suite(
      generator:
        "if [ -n \"$asked\" ] && [ $answers -gt 1800 ]; then echo $$ >\"$0.pid\"; exec sleep 1000; fi")
    let harness = try Program(path: "\(folder.path)/harness").start(
      Self.forkWithTwo, in: folder)
    try waitUntil("the generator hangs") { folder.text("scaleup.pid")?.isEmpty == false }
    harness.send(SIGINT)
    let outcome = try harness.wait()
    #expect(outcome.status == 128 + SIGINT)
    #expect(outcome.output.contains("\nfork        2&  ≥ 1000/s"), "\(outcome.output)")
    #expect(outcome.output.contains("The measurement was interrupted"))
    #expect(outcome.error.contains("interrupted"), "\(outcome.error)")
  }

  @Test(
    "impossible requests are refused in one line",
    arguments: [
      (["--slo", "20ms"], "invalid value for --slo: '20ms' (expected a percentile"),
      (["--slo", "p100:20ms"], "invalid value for --slo: 'p100:20ms'"),
      (["--slo", "p99:20"], "invalid value for --slo: 'p99:20'"),
      (["--slo", "p99:2h"], "invalid value for --slo: 'p99:2h'"),
      (["--slo"], "missing value for --slo"),
      (["--seconds", "0"], "invalid value for --seconds: '0'"),
      (["--workers", "0"], "invalid value for --workers: '0'"),
      (["--path", "api"], "invalid value for --path: 'api'"),
      (["--connections", "0"], "invalid value for --connections: '0'"),
      (["--model", "singel"], "invalid value for --model: 'singel' (expected one of single, fork"),
      (["--model", "single,fork", "--workers", "5", "--program", "x=/nowhere"], "is not an executable file"),
      (["--model", "fork", "--workers", "5"], "no chosen model has the chosen worker counts"),
      (["--rate", "7"], "--rate"),
    ])
  func refused(words: [String], reason: String) throws {
    let outcome = try run(try suite(), ["capacity"] + words)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.contains(reason), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("without a model that serves there is nothing to measure")
  func nothingServes() throws {
    let folder = try suite()
    for model in ["single", "fork"] {
      let text = try #require(folder.text("scaleup-\(model)"))
      try folder.write(
        text.replacing("\"serves\":true", with: "\"serves\":false"), to: "scaleup-\(model)",
        isExecutable: true)
    }
    let outcome = try run(folder, ["capacity", "--quiet"])
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error == "scaleup: no installed model serves requests (see scaleup list)\n")
  }
}
