import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup report`: prints saved runs again, or draws them.
enum ReportCommand: Subcommand {
  static let syntax = Command(
    "scaleup report", summary: "print saved runs, or a record of granularity, again, or draw them",
    operands: [.init("FILE", help: "the results file", isRepeated: true)],
    options: [OutputFormat.option.syntax] + PictureDestination.options)

  static func run(_ matches: Matches) throws -> ProgramOutput {
    let (paths, format) = (matches.operands, OutputFormat(matches))
    let destination = try PictureDestination(matches, sources: paths)
    do {
      let entries = try paths.flatMap { try RunFile.entries(of: $0) }
      if let destination { return try destination.write(entries) }
      return ProgramOutput(output: try format.text(of: entries.map(\.record)))
    } catch let problem as RunFile.Problem {
      if paths.count == 1, destination == nil, let record = GranularityRecord.read(paths[0]) {
        return try report(of: record, format)
      }
      throw CommandFailure(problem)
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
