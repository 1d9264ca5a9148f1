import Foundation
import Harness
import Records
import Testing

/// `scaleup compare` and `scaleup run --baseline` as a user calls them.
@Suite(.blocking) struct CompareTests {
  private static let run = [
    "--model", "single,fork", "--workers", "1,2", "--workload", "sum,stress", "--kernel", "scalar", "--upto",
    "20000", "--seconds", "0.02", "--warmup", "0", "--quiet",
  ]

  /// A folder with `a.json`, a run of five rounds whose times are then made as even as can be.
  private func folderWithBaseline() throws -> Folder {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(
      Self.run + ["--trials", "5", "--output", "a.json", "--label", "one"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    try rewrite("a.json", as: "a.json", in: folder) { _ in 1 }
    return folder
  }

  /// Writes a run again with regions that follow from the configuration alone, times a factor.
  private func rewrite(
    _ name: String, as other: String, in folder: Folder, slower: (Configuration) -> Double
  ) throws {
    var run = try RunFile.read("\(folder.path)/\(name)")
    for position in run.trials.indices {
      let configuration = run.plan.configurations[run.trials[position].configuration]
      let time = 1e6 / Double(configuration.workers) * slower(configuration)
      if configuration.upTo == nil {
        run.trials[position].report?.result = ExactInteger(UInt128(1e12 / time))
        run.trials[position].report?.region = 20_000_000
      } else {
        run.trials[position].report?.region = UInt64(time)
      }
    }
    try folder.write(try RunEncoder.text(of: run), to: other)
  }

  @Test("gates pass, fail and are inconclusive with status 0, 1 and 2")
  func gatesPass() throws {
    let folder = try folderWithBaseline()
    try rewrite("a.json", as: "same.json", in: folder) { _ in 1.01 }
    try rewrite("a.json", as: "slow.json", in: folder) { $0.workers == 2 ? 1.2 : 1 }
    var few = try RunFile.read("\(folder.path)/a.json")
    few.trials.removeAll { $0.round > 2 }
    try folder.write(try RunEncoder.text(of: few), to: "few.json")
    for (file, gate, status, words) in [
      ("same.json", "time:3%", 0, "gate time:3% passed"),
      ("slow.json", "time:3%", 1, "gate time:3% FAILED: 2 of 6"),
      ("slow.json", "efficiency:5%", 1, "FAILED: 2 of 4"), ("slow.json", "time:25%", 0, "time:25% passed"),
      ("few.json", "time:3%", 2, "is inconclusive for 6 of 6"),
    ] as [(String, String, Int32, String)] {
      let outcome = try Program("scaleup").run(["compare", "a.json", file, "--gate", gate], in: folder)
      #expect(outcome.status == status, "\(file) \(gate)")
      #expect(outcome.output.contains(words), "\(outcome.output)")
      #expect(outcome.error == "")
    }
    let both = try Program("scaleup").run(
      ["compare", "a.json", "few.json", "--gate", "time:3%", "--gate", "efficiency:5%"], in: folder)
    #expect(both.status == 2)
    #expect(both.output.contains("gate time:3% ") && both.output.contains("gate efficiency:5% "))
  }

  @Test("the comparison record has its schema, gain, prices and gates")
  func comparisonRecord() throws {
    let folder = try folderWithBaseline()
    try rewrite("a.json", as: "b.json", in: folder) { _ in 0.5 }
    let outcome = try Program("scaleup").run(
      [
        "compare", "a.json", "b.json", "--format", "json", "--price", "a=0.5", "--price", "B=2", "--gate",
        "time:3%",
      ],
      in: folder)
    #expect(outcome.status == 0)
    let record = try JSONDecoder().decode(ComparisonRecord.self, from: Data(outcome.output.utf8))
    #expect(record.runs.map(\.name) == ["A", "B"] && record.runs.map(\.price) == [0.5, 2])
    #expect(record.gates.map(\.verdict) == [.passed])
    #expect(record.changes.count == 6)
    // As many gains as models that used every core, whatever this machine has.
    for gain in record.gains {
      #expect((gain.gain.value - 2).magnitude < 0.01)
      #expect(
        (try #require(gain.workForMoney)[1] / (try #require(gain.workForMoney)[0]) - 0.5).magnitude < 0.01)
    }
    let markdown = try Program("scaleup").run(
      ["compare", "a.json", "b.json", "--format", "markdown"], in: folder)
    #expect(markdown.output.hasPrefix("**B compared with A, the baseline**\n"))
  }

  @Test("incomparable runs are refused in one line with status 64")
  func incomparableRuns() throws {
    let folder = try folderWithBaseline()
    var other = try RunFile.read("\(folder.path)/a.json")
    for position in other.plan.configurations.indices {
      if other.plan.configurations[position].upTo == nil {
        other.plan.configurations[position].kernel = "other"
      } else {
        other.plan.configurations[position].upTo = 7
      }
    }
    try folder.write(try RunEncoder.text(of: other), to: "other.json")
    other.trials = []
    try folder.write(try RunEncoder.text(of: other), to: "empty.json")
    let text = try #require(folder.text("a.json"))
    try folder.write(text.replacing("scaleup.run/1", with: "scaleup.run/2"), to: "newer.json")
    for (file, words) in [
      ("other.json", ["N is 2·10^4 in A and 7 in B", "--upto 20000", "stress with the scalar kernel"]),
      ("empty.json", ["cannot compare the runs: B has no "]),
      ("newer.json", ["'scaleup.run/2'", "reads 'scaleup.run/1'"]),
    ] {
      let outcome = try Program("scaleup").run(["compare", "a.json", file], in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    }
    for price in ["c=1", "one=1"] {
      let outcome = try Program("scaleup").run(["compare", "a.json", "a.json", "--price", price], in: folder)
      #expect(outcome.status == 64 && outcome.error.split(separator: "\n").count == 1)
    }
  }

  @Test("compare --html writes a page of both runs that is read back, and prints the comparison")
  func page() throws {
    let folder = try Folder()
    let files = [PictureTests.xeon, PictureTests.epyc]
    let outcome = try Program("scaleup").run(
      ["compare"] + files + ["--price", "A=1", "--price", "B=2", "--html", "both.html"], in: folder)
    #expect(outcome.status == 0 && outcome.error.hasPrefix("wrote both.html, "), "\(outcome.error)")
    #expect(outcome.output.contains("For the same money it does "), "\(outcome.output)")
    #expect(folder.text("both.html")?.contains("Price at which both are equal") == true)
    let again = try Program("scaleup").run(["report", "both.html"], in: folder)
    #expect(again.status == 0 && again.output.contains("xeon-vm-2") && again.output.contains("epyc-vm-2"))
    let reported = try Program("scaleup").run(
      ["report"] + files + ["--price", "A=1", "--price", "B=2", "--html", "-"], in: folder)
    #expect(reported.output == folder.text("both.html"), "\(reported.error)")
    let alone = try Program("scaleup").run(["report", files[0], "--price", "A=1"], in: folder)
    #expect(alone.status == 64 && alone.error.contains("--price needs --html"), "\(alone.error)")
  }

  @Test("a run with a baseline does the same work and is compared with it")
  func runBaseline() throws {
    let folder = try folderWithBaseline()
    let outcome = try Program("scaleup").run(
      [
        "--baseline", "a.json", "--model", "single,fork", "--workers", "2", "--kernel", "scalar", "--trials",
        "5",
        "--warmup", "0", "--output", "b.json", "--gate", "time:1000%",
      ], in: folder)
    let run = try RunFile.read("\(folder.path)/b.json")
    #expect(Set(run.plan.configurations.compactMap(\.upTo)) == [20000])
    #expect(Set(run.plan.configurations.compactMap(\.duration)) == [20_000_000])
    #expect(
      run.plan.configurations.map { "\($0.workload) \($0.model) \($0.workers)" } == [
        "sum single 1", "sum fork 2", "stress single 1", "stress fork 2",
      ])
    #expect(outcome.output.contains("this run compared with baseline"))
    #expect(outcome.output.contains("gate time:1000% "))
    let json = try Program("scaleup").run(
      Self.run + [
        "--trials", "1", "--baseline", "a.json", "--no-save", "--format", "json", "--gate", "time:3%",
      ],
      in: folder)
    #expect(json.status == 2)
    #expect(json.output.hasPrefix("{") && json.error.contains("gate time:3% is inconclusive"))
  }

  @Test("a run incomparable with its baseline is refused before it starts")
  func runIncomparable() throws {
    let folder = try folderWithBaseline()
    let outcome = try Program("scaleup").run(
      ["--baseline", "a.json", "--workload", "primes", "--upto", "1000", "--output", "b.json"], in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("nothing of this run can be compared with the baseline"))
    #expect(folder.text("b.json") == nil)
  }

  @Test("with a gate, runs of which nothing is left to compare are inconclusive; without, they are refused")
  func nothingLeft() throws {
    let folder = try folderWithBaseline()
    var busy = try RunFile.read("\(folder.path)/a.json")
    busy.plan.mostForeignLoad = nil
    for place in busy.trials.indices {
      busy.trials[place].process?.wall = 1_000_000_000
      busy.trials[place].process?.activity = Activity(busy: 3_000_000_000)
    }
    try folder.write(try RunEncoder.text(of: busy), to: "busy.json")
    let gated = try Program("scaleup").run(
      ["compare", "a.json", "busy.json", "--gate", "time:5%"], in: folder)
    #expect(gated.status == 2 && gated.output.contains("gate time:5% is inconclusive"))
    let refused = try Program("scaleup").run(["compare", "a.json", "busy.json"], in: folder)
    #expect(refused.status == 64 && refused.error.contains("other programs disturbed every trial"))
  }
}
