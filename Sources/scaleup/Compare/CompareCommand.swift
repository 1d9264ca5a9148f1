import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// The arguments of `scaleup compare`.
struct CompareArguments {
  /// The results files; the first is the baseline.
  let paths: [String]
  let prices: [RunPrice]
  let gates: [Gate]
  let format: OutputFormat
  let hasDetails: Bool

  private static let mostRuns = 26

  init(_ line: inout ArgumentLine) throws(UsageError) {
    let baseline = line.operand("BASELINE", help: "results file to compare the others with")
    paths = [baseline] + line.operands("FILE", help: "results file to compare with the baseline")
    format =
      line.value(
        of: Option(
          "format", "FORMAT", .choice(of: [OutputFormat.table, .markdown, .json]),
          help: "table, markdown or json, a scaleup.comparison/1 record (default: table)")) ?? .table
    hasDetails = line.has(OutputFormat.details)
    gates = line.value(of: GateOption.option) ?? []
    prices = line.value(of: RunPrice.option) ?? []
    if paths.count > Self.mostRuns {
      throw .other("too many files: \(paths.count) (expected at most \(Self.mostRuns))")
    }
  }
}

/// `scaleup compare`: files → records → comparison → report.
enum CompareCommand: Subcommand {
  static let command = Command(
    "scaleup compare",
    summary: "Compare runs of the same work from several machines or several times.",
    examples: [
      "scaleup compare small.json big.json --price A=0.34 --price B=0.68",
      "scaleup compare before.json after.json --gate time:3%",
    ],
    read: CompareArguments.init)

  static func run(_ arguments: CompareArguments) throws -> ProgramOutput {
    let runs = try arguments.paths.enumerated().map { position, path in
      ComparedRun(try RunRecord(savedAt: path), path: path, position: position)
    }
    let comparison = ComparisonRecord(
      runs.map(\.record), try ComparedRun.described(runs, prices: arguments.prices), gates: arguments.gates)
    try comparison.requireNonEmpty()
    return ProgramOutput(output: try text(of: comparison, arguments), status: comparison.gateStatus)
  }

  private static func text(of comparison: ComparisonRecord, _ arguments: CompareArguments) throws -> String {
    switch arguments.format {
    case .json: try comparison.text()
    case .markdown: comparisonMarkdown(of: comparison)
    case .table, .csv:
      comparisonText(of: comparison, hasDetails: arguments.hasDetails, style: Terminal.outputStyle)
    }
  }
}

extension ComparisonRecord {
  /// Checks that the comparison has results.
  ///
  /// - Throws: `CommandFailure`.
  fileprivate func requireNonEmpty() throws(CommandFailure) {
    if !changes.isEmpty || !gains.isEmpty || spreads != nil { return }
    let reasons = refusals.isEmpty ? ["they share no configuration."] : refusals
    throw CommandFailure(
      message: "cannot compare the runs: \(reasons.joined(separator: " "))", status: UsageError.exitStatus)
  }
}
