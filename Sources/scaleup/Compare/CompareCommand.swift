import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// The arguments of `scaleup compare`.
struct CompareArguments {
  /// The results files of each side; the first side is the baseline.
  let sides: [[String]]
  let prices: [RunPrice]
  let gates: [Gate]
  let format: OutputFormat
  let hasDetails: Bool
  /// `nil` if the comparison is printed.
  let pictures: PictureArguments?

  /// The most runs, one per letter.
  static let mostRuns = 26

  init(_ line: inout ArgumentLine) throws(UsageError) {
    let baseline = line.operand("BASELINE", help: "results file to compare the others with")
    let others = line.operands(
      "FILE", help: "results file to compare with the baseline; several runs of a machine: A1.json,A2.json")
    sides = ([baseline] + others).map { $0.split(separator: ",").map(String.init) }
    format =
      line.value(
        of: Option(
          "format", "FORMAT", .choice(of: [OutputFormat.table, .markdown, .json]),
          help: "table, markdown or json, a scaleup.comparison/1 record (default: table)")) ?? .table
    hasDetails = line.has(OutputFormat.details)
    pictures = PictureArguments(&line, of: "runs")
    gates = line.value(of: GateOption.option) ?? []
    prices = line.value(of: RunPrice.option) ?? []
    if sides.count > Self.mostRuns {
      throw .other("too many files: \(sides.count) (expected at most \(Self.mostRuns))")
    }
    if sides.contains(where: \.isEmpty) {
      throw .other("a name of a results file is missing (expected FILE or FILE,FILE)")
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
      "scaleup compare small.json big.json --html both.html",
      "scaleup compare before.json after.json --gate time:3%",
      "scaleup compare old1.json,old2.json,old3.json new1.json,new2.json,new3.json",
    ],
    read: CompareArguments.init)

  static func run(_ arguments: CompareArguments) throws -> ProgramOutput {
    let paths = arguments.sides.flatMap(\.self)
    let destination = try arguments.pictures.map { try PictureDestination($0, sources: paths) }
    let sides = try arguments.sides.map { try $0.map { try RunFile.Entry(savedAt: $0) } }
    let runs = zip(sides, arguments.sides).enumerated().map { position, side in
      ComparedRun(side.0.map(\.record), path: side.1[0], position: position)
    }
    let comparison = ComparisonRecord(
      runs.map(\.records), try ComparedRun.described(runs, prices: arguments.prices), gates: arguments.gates)
    // Gates have an answer even if nothing is left to compare: they are inconclusive.
    if arguments.gates.isEmpty { try comparison.requireNonEmpty() }
    if let destination {
      var output = try destination.write(sides.flatMap(\.self), comparison: comparison)
      output.status = comparison.gateStatus
      // Standard output has the page if that was asked for, and the comparison otherwise.
      if output.output.isEmpty { output.output = try text(of: comparison, arguments) }
      return output
    }
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
