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
    "scaleup report", summary: "Print or draw saved runs, and print granularity and capacity records.",
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
      guard paths.count == 1, destination == nil, let output = try output(of: paths[0], format) else {
        throw CommandFailure(error)
      }
      return output
    }
  }

  /// Returns the report of a file from `scaleup granularity --json` or `scaleup capacity --json`; `nil` if it is neither.
  private static func output(of path: String, _ format: OutputFormat) throws -> ProgramOutput? {
    do {
      if let record = try GranularityRecord.read(path) {
        return try output("granularity", format, json: record.text) {
          granularityReport(of: record.summarised(), style: Terminal.outputStyle)
        }
      }
      return try CapacityRecord.read(path).map { record in
        try output("capacity", format, json: record.text) {
          capacityReport(of: record, style: Terminal.outputStyle)
        }
      }
    } catch let error as RunFileError {
      throw CommandFailure(error)
    }
  }

  private static func output(
    _ kind: String, _ format: OutputFormat, json: () throws -> String, table: () -> String
  ) throws -> ProgramOutput {
    switch format {
    case .table: ProgramOutput(output: table())
    case .json: ProgramOutput(output: try json())
    case .csv, .markdown:
      throw UsageError.other("a \(kind) record has no \(format.rawValue) format (use --format table or json)")
    }
  }
}
