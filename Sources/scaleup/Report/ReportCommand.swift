import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// The arguments of `scaleup report`.
struct ReportArguments {
  let paths: [String]
  let format: OutputFormat
  let hasDetails: Bool
  /// `nil` if the report is printed.
  let pictures: PictureArguments?

  init(_ line: inout ArgumentLine) throws(UsageError) {
    paths = line.operands("FILE", help: "results file or page written by --html")
    let format = line.value(of: OutputFormat.option)
    hasDetails = line.has(OutputFormat.details)
    pictures = PictureArguments(&line)
    if let pictures, format != nil {
      throw .other("--format has no effect with --\(pictures.option) (leave one out)")
    }
    self.format = format ?? .table
  }
}

/// `scaleup report`: prints or draws saved runs.
enum ReportCommand: Subcommand {
  static let command = Command(
    "scaleup report", summary: "Print or draw saved runs and granularity records.",
    examples: ["scaleup report results/run.json", "scaleup report results/run.json --html run.html"],
    read: ReportArguments.init)

  static func run(_ arguments: ReportArguments) throws -> ProgramOutput {
    let (paths, format) = (arguments.paths, arguments.format)
    let destination = try arguments.pictures.map { try PictureDestination($0, sources: paths) }
    do {
      let entries = try paths.flatMap { try RunFile.entries(of: $0) }
      if let destination { return try destination.write(entries) }
      return ProgramOutput(
        output: try format.text(
          of: entries.map(\.record), hasDetails: arguments.hasDetails,
          path: entries.count == 1 ? paths[0] : nil
        ))
    } catch let error as RunFileError {
      guard paths.count == 1, destination == nil, let record = try granularity(savedAt: paths[0]) else {
        throw CommandFailure(error)
      }
      return try report(of: record, format)
    }
  }

  /// Reads a record of `scaleup granularity --json`; `nil` if the file is not one.
  private static func granularity(savedAt path: String) throws(CommandFailure) -> GranularityRecord? {
    do throws(RunFileError) {
      return try GranularityRecord.read(path)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Returns the report of a record of `scaleup granularity --json`.
  private static func report(of record: GranularityRecord, _ format: OutputFormat) throws -> ProgramOutput {
    switch format {
    case .table:
      ProgramOutput(output: granularityReport(of: record.summarised(), style: Terminal.outputStyle))
    case .json: ProgramOutput(output: try record.text())
    case .csv, .markdown:
      throw UsageError.other(
        "a granularity record has no \(format.rawValue) format (use --format table or json)")
    }
  }
}
