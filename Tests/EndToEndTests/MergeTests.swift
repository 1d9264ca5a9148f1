import Foundation
import Harness
import Records
import Testing

/// `scaleup merge` as a user calls it.
@Suite(.blocking) struct MergeTests {
  /// A folder with two runs of one plan, `a.json` and `b.json`.
  private func folderWithRuns() throws -> Folder {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(
      [
        "--workload", "sum", "--model", "single,fork", "--workers", "1,2", "--kernel", "scalar", "--upto",
        "1000",
        "--trials", "3", "--quiet", "--output", "a.json",
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    var other = try RunFile.read("\(folder.path)/a.json")
    other.startedAt = "2099-01-02T03:04:05Z"
    try folder.write(try RunEncoder.text(of: other), to: "b.json")
    return folder
  }

  @Test("merged runs are one run that is reported, compared and exported, and that has nothing to continue")
  func mergedRun() throws {
    let folder = try folderWithRuns()
    let outcome = try Program("scaleup").run(["merge", "a.json", "b.json", "--output", "c.json"], in: folder)
    #expect(outcome.status == 0 && outcome.output == "")
    #expect(outcome.error == "wrote c.json, 2 runs in one\n")
    let printed = try Program("scaleup").run(["merge", "b.json", "a.json"], in: folder)
    #expect(printed.output == folder.text("c.json"))

    let report = try Program("scaleup").run(["report", "c.json"], in: folder).output
    #expect(report.contains(", 6 trials\n") && report.contains("Merged from 2 runs, started at "))
    #expect(!report.contains("Incomplete"))
    let rows = try Program("scaleup").run(["report", "c.json", "--format", "csv"], in: folder).output
    #expect(rows.split(separator: "\r\n").count == 1 + 3 * (6 + 2))
    #expect(try Program("scaleup").run(["compare", "a.json", "c.json"], in: folder).status == 0)
    let resumed = try Program("scaleup").run(["--resume", "c.json"], in: folder)
    #expect(resumed.status == 64)
    #expect(resumed.error.contains("cannot continue c.json: it was merged from 2 runs"), "\(resumed.error)")
    #expect(folder.text("c.json") == printed.output)
  }

  @Test("what cannot be merged is refused in one line, and nothing is written")
  func refused() throws {
    let folder = try folderWithRuns()
    var other = try RunFile.read("\(folder.path)/b.json")
    other.passport.processor = "Abacus"
    try folder.write(try RunEncoder.text(of: other), to: "moved.json")
    let whole = try RunFile.read("\(folder.path)/a.json")
    other = whole
    other.trials += whole.trials
    try folder.write(try RunEncoder.text(of: other), to: "twice.json")
    let files = folder.names
    for (arguments, words) in [
      (["a.json", "a.json"], ["is in both a.json and a.json"]),
      (["a.json", "moved.json"], ["the processor is ", "Abacus in moved.json", "one plan on one machine"]),
      (["a.json", "twice.json"], [" of sum ", " twice; to join runs, use scaleup merge"]),
      (["a.json", "none.json"], ["cannot open none.json"]),
      (["a.json"], ["missing argument: OTHER"]),
      (["a.json", "b.json", "--output", "./a.json"], ["--output ./a.json would overwrite its own input"]),
      (
        ["a.json", "b.json", "--output", "none/c.json"], ["cannot write none/c.json", "try another --output"]
      ),
    ] {
      let outcome = try Program("scaleup").run(["merge"] + arguments, in: folder)
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.error.split(separator: "\n").count == 1)
      for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    }
    #expect(folder.names == files)
  }
}
