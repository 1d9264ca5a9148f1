import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup report`: prints a saved run again.
enum ReportCommand: Subcommand {
  static let syntax = Command(
    "scaleup report", summary: "print a saved run, or a record of granularity, again",
    operands: [.init("FILE", help: "the results file")], options: [OutputFormat.option.syntax])

  static func run(_ matches: Matches) throws -> ProgramOutput {
    let (path, format) = (matches.operands[0], OutputFormat(matches))
    do {
      let run = try RunFile.read(path)
      return ProgramOutput(output: try format.text(of: run))
    } catch let problem as RunFile.Problem {
      if let record = GranularityRecord.read(path) { return try report(of: record, format) }
      throw CommandFailure(
        message: "\(problem); see scaleup list for those there are", status: UsageError.exitStatus)
    }
  }

  /// What `scaleup granularity --json` has printed, again.
  private static func report(of record: GranularityRecord, _ format: OutputFormat) throws -> ProgramOutput {
    switch format {
    case .table:
      ProgramOutput(output: granularityReport(of: record.summarised(), style: Terminal.outputStyle))
    case .json: ProgramOutput(output: try record.text())
    case .csv, .markdown:
      throw UsageError.other("a record of granularity is printed as table or json; try --format table")
    }
  }
}
