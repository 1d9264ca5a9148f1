import Foundation
import Platform
import Records
import TestSupport
import Testing

/// `scaleup run --workload serve` with the load generators of others.
@Suite(.blocking) struct OtherGeneratorTests {
  private static let options = [
    "run", "--workload", "serve", "--model", "single", "--quick", "--connections", "4", "--foreign-load",
    "1000",
  ]

  private static func has(_ name: String) -> Bool {
    File.executable(name, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "") != nil
  }

  private func run(
    _ options: [String], path: String? = nil, in folder: Folder? = nil
  ) throws -> Program.Outcome {
    try Program("scaleup").start(
      Self.options + options, in: folder, environment: path.map { ["PATH": $0] } ?? [:]
    ).wait()
  }

  @Test(
    "wrk and ab measure throughput, and the results have their name and no latency",
    .enabled(if: has("wrk") && has("ab"), "wrk and ab are installed"), arguments: ["wrk", "ab"])
  func measured(generator: String) throws {
    let folder = try Folder()
    let outcome = try run(["--generator", generator, "--output", "other.json"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(
      outcome.output.contains("serve / over 4 connections with \(generator) for 1.000 s"), "\(outcome.output)"
    )
    #expect(outcome.output.contains("\(generator) sends as fast as answers come"), "\(outcome.output)")
    #expect(!outcome.output.contains("p99"))
    let text = try #require(folder.text("other.json"))
    let saved = try JSONDecoder().decode(RunRecord.self, from: Data(text.utf8))
    let load = try #require(saved.trials.first?.report?.traffic)
    #expect(load.generator == generator && load.answered > 0 && load.latency.isEmpty)
    #expect(load.userTime + load.systemTime > 0 && !text.contains("127.0.0.1"))
    let csv = try Program("scaleup").run(["report", "other.json", "--format", "csv"], in: folder)
    #expect(csv.output.contains(",\(generator)\n") || csv.output.contains(",\(generator),"), "\(csv.output)")
    // Results of another generator are not compared with it.
    #expect(try run(["--rate", "50", "--seconds", "0.2", "--output", "own.json"], in: folder).status == 0)
    let compared = try Program("scaleup").run(["compare", "own.json", "other.json"], in: folder)
    #expect(
      compared.output.contains("4 connections with \(generator) is not compared: only")
        || compared.error.contains("with \(generator) is not compared: only"), "\(compared)")
  }

  @Test(
    "a generator that is not installed is named with its package",
    arguments: [("wrk", "wrk"), ("ab", "apache2-utils")])
  func missing(generator: String, package: String) throws {
    let outcome = try run(["--generator", generator, "--no-save"], path: "/nowhere")
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(
      outcome.error.contains("scaleup: \(generator) is not installed (install the package \(package))\n"),
      "\(outcome.error)")
  }

  @Test("a generator with a rate, or without a server, is refused")
  func refused() throws {
    let rate = try run(["--generator", "wrk", "--rate", "100"])
    #expect(rate.status == 64 && rate.error.contains("--rate contradicts --generator wrk"))
    let sum = try Program("scaleup").run(["run", "--workload", "sum", "--generator", "wrk"])
    #expect(sum.status == 64 && sum.error.contains("--generator has no effect without --workload serve"))
    #expect(try run(["--generator", "hey"]).error.contains("wrk, ab"))
  }

  @Test("a report that is not understood fails the trial with its generator's name")
  func notUnderstood() throws {
    let folder = try Folder()
    for (script, reason) in [
      ("echo '{}'", "wrk printed a report that lacks the number of requests"),
      ("echo 'no route' >&2; exit 3", "wrk exited with status 3: no route"),
      ("echo '  0 requests in 1.00s, 0.00B read'", "wrk printed a report that has no answered request"),
      (
        "echo '  7 requests in 1.00s, 1B read'; echo '  Non-2xx or 3xx responses: 7'",
        "scaleup-single answered 7 of 7 requests with another status than 200"
      ),
    ] {
      try folder.write("#!/bin/sh\n\(script)\n", to: "wrk", isExecutable: true)
      let outcome = try run(["--generator", "wrk", "--no-save"], path: "\(folder.path):/usr/bin:/bin")
      #expect(outcome.status == 1 && outcome.output.contains(reason), "\(outcome)")
    }
  }
}
