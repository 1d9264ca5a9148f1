import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup compare`: files → records → comparison → report.
enum CompareCommand: Subcommand {
  private static let format = Option<String>(
    "format", "FORMAT", .word(of: ["table", "markdown", "json"]),
    help: "table, markdown or json, a scaleup.comparison/1 record (default table)")
  private static let mostRuns = 26

  static let syntax = Command(
    "scaleup compare",
    summary: "compare runs of the same work, of several machines or of one at several times",
    operands: [
      .init("BASELINE", help: "the results file that the others are compared with"),
      .init("FILE", help: "a results file to compare with it", isRepeated: true),
    ],
    options: [RunPrice.option.syntax, GateOption.option.syntax, format.syntax])

  static func run(_ matches: Matches) throws -> ProgramOutput {
    if matches.operands.count > mostRuns {
      throw UsageError.other(
        "\(matches.operands.count) files are more than can be compared; expected \(mostRuns) at most")
    }
    let runs = try matches.operands.enumerated().map { position, path in
      ComparedRun(try RunRecord(savedAt: path), path: path, position: position)
    }
    let comparison = ComparisonRecord(
      runs.map(\.record),
      try ComparedRun.described(runs, prices: matches.value(of: RunPrice.option) ?? []),
      gates: matches.value(of: GateOption.option) ?? [])
    try comparison.refuseNothing()
    return ProgramOutput(
      output: try text(of: comparison, matches.value(of: format)), status: comparison.gateStatus)
  }

  private static func text(of comparison: ComparisonRecord, _ format: String?) throws -> String {
    switch format {
    case "json": try comparison.text()
    case "markdown": comparisonMarkdown(of: comparison)
    default: comparisonReport(of: comparison, style: Terminal.outputStyle)
    }
  }
}

extension ComparisonRecord {
  /// Refuses a comparison in which there is nothing to compare.
  ///
  /// - Throws: `CommandFailure`.
  func refuseNothing() throws(CommandFailure) {
    if !changes.isEmpty || !gains.isEmpty || spreads != nil { return }
    let reasons = refusals.isEmpty ? ["no configuration was measured in both."] : refusals
    throw CommandFailure(
      message: "nothing can be compared: \(reasons.joined(separator: " "))", status: UsageError.exitStatus)
  }
}
