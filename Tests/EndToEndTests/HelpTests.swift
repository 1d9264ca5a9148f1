import Foundation
import Testing

/// Holds an output to a golden file, letter by letter. `SCALEUP_RECORD_GOLDENS=1 swift test` writes the files anew, for a
/// person to read and commit; the tests then fail, so that this cannot pass for a test that was passed.
func compareGolden(_ output: String, _ name: String) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["SCALEUP_RECORD_GOLDENS"] == "1" {
    try Data(output.utf8).write(to: file)
    Issue.record("\(name) was written anew; read it, and test again")
    return
  }
  #expect(output == (try String(contentsOf: file, encoding: .utf8)))
}

/// The help of `scaleup`, letter by letter.
@Suite(.blocking) struct HelpTests {
  @Test(
    "the help matches its golden file",
    arguments: [
      "", "run", "report", "compare", "merge", "fit", "granularity", "load", "balance", "capacity", "plan",
      "demo", "fleet", "jobs", "list", "machine",
    ])
  func helpMatches(subcommand: String) throws {
    let words = subcommand.isEmpty ? [] : [subcommand]
    let outcome = try Program("scaleup").run(words + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    try compareGolden(outcome.output, (["scaleup"] + words).joined(separator: "-") + ".txt")
  }

  @Test("the version is one line")
  func versionLine() throws {
    #expect(try Program("scaleup").run(["--version"]).output == "scaleup 0.1.0\n")
  }
}
