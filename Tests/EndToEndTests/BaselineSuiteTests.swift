import Foundation
import Harness
import Platform
import Records
import Testing

/// `scaleup run --baseline-suite` as a user calls it.
@Suite(.blocking) struct BaselineSuiteTests {
  private static let options = [
    "run", "--model", "single,fork", "--workers", "1,2", "--workload", "sum", "--kernel", "scalar", "--upto",
    "20000", "--warmup", "0",
  ]

  /// A folder with another build's executables in `old`: links to those of this build.
  private func folderWithSuite(_ models: [String] = ["single", "fork"]) throws -> Folder {
    let folder = try Folder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/old", withIntermediateDirectories: true)
    for model in models {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/old/scaleup-\(model)", withDestinationPath: Program("scaleup-\(model)").path)
    }
    return folder
  }

  @Test("both suites are tried in the same rounds, saved in a file each, and compared")
  func both() throws {
    let folder = try folderWithSuite()
    let outcome = try Program("scaleup").run(
      Self.options + ["--trials", "5", "--baseline-suite", "old", "--output", "r.json"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error.contains("saved r.json\n") && outcome.error.contains("saved r-baseline.json\n"))
    #expect(outcome.error.contains("threads is left out: only one of the suites has it with its workloads"))
    #expect(outcome.output.contains("\nthis run compared with baseline"))
    #expect(!outcome.output.contains("do not cover differences between runs"))
    let runs = try ["r.json", "r-baseline.json"].map { try RunFile.read("\(folder.path)/\($0)") }
    #expect(RunRecord.shareRounds([[runs[1]], [runs[0]]]))
    for run in runs {
      #expect(run.trials.count == 15 && run.trials.allSatisfy { $0.failure == nil })
    }
    #expect(runs[0].trials.map(\.place) == runs[1].trials.map(\.place))
    let compared = try Program("scaleup").run(["compare", "r-baseline.json", "r.json"], in: folder)
    #expect(compared.status == 0 && !compared.output.contains("do not cover differences between runs"))
  }

  @Test("a gate judges the new suite by the old one, and a difference of any size is within a wide limit")
  func gate() throws {
    let outcome = try Program("scaleup").run(
      Self.options + [
        "--trials", "5", "--baseline-suite", "old", "--no-save", "--gate", "utilization:99%", "--format",
        "json",
      ], in: try folderWithSuite())
    #expect(outcome.error.contains("gate utilization:99% "))
    #expect([0, 2].contains(outcome.status), "\(outcome.error)")
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(outcome.output.utf8)).trials.count == 15)
  }

  @Test(
    "a suite that cannot be compared is refused in one line that says what was expected",
    arguments: [
      (["--baseline-suite", "none"], "cannot list directory none"),
      (["--baseline-suite", "empty"], "no model in empty has the workloads of the model of that name"),
      (["--baseline-suite", "old", "--baseline", "r.json"], "--baseline-suite contradicts --baseline"),
      (["--baseline-suite", "old", "--output", "-"], "contradicts --output -"),
      (["--baseline-suite", "old", "--peers"], "--baseline-suite compares models of the suite only"),
      (["--baseline-suite", "old", "--resume", "r.json"], "--baseline-suite would change the plan"),
    ])
  func refused(arguments: [String], words: String) throws {
    let folder = try folderWithSuite()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/empty", withIntermediateDirectories: true)
    let isSaved = arguments.contains("--output")
    let outcome = try Program("scaleup").run(
      Self.options + (isSaved ? [] : ["--no-save"]) + arguments, in: folder)
    #expect(outcome.status == 64, "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").last?.contains(words) == true, "\(outcome.error)")
    #expect(outcome.output == "")
  }

  @Test("neither of the two runs can be continued, and no other file is overwritten")
  func kept() throws {
    let folder = try folderWithSuite()
    let arguments =
      Self.options + ["--trials", "1", "--baseline-suite", "old", "--output", "r.json"]
    for _ in 0..<2 { #expect(try Program("scaleup").run(arguments, in: folder).status == 0) }
    for file in ["r.json", "r-baseline.json"] {
      let outcome = try Program("scaleup").run(["run", "--resume", file], in: folder)
      #expect(
        outcome.status == 64 && outcome.error.contains("it was tried in the same rounds as another suite"))
    }
    let alone = ["run", "--quick", "--model", "single", "--workload", "sum", "--upto", "20000"]
    #expect(try Program("scaleup").run(alone + ["--output", "mine-baseline.json"], in: folder).status == 0)
    let outcome = try Program("scaleup").run(
      Self.options + ["--trials", "1", "--baseline-suite", "old", "--output", "mine.json"], in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("mine-baseline.json exists and is no earlier run of a baseline's suite"))
    #expect(folder.text("mine.json") ?? "" == "")
  }
}
