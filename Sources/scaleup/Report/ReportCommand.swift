import Analysis
import Arguments
import Formatting
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
  /// The prices of machines, for a page that compares them.
  let prices: [RunPrice]

  init(_ line: inout ArgumentLine) throws(UsageError) {
    paths = line.operands("FILE", help: "results file, page written by --html, or record saved from --json")
    let format = line.value(of: OutputFormat.option)
    hasDetails = line.has(OutputFormat.details)
    pictures = PictureArguments(&line, of: "runs")
    prices = line.value(of: RunPrice.option) ?? []
    if !prices.isEmpty, pictures?.page == nil || paths.count < 2 {
      throw .other("--price needs --html and several files (compare prints work per money too)")
    }
    if let pictures, format != nil {
      throw .other("--format has no effect with --\(pictures.option) (leave one out)")
    }
    self.format = format ?? .table
  }
}

/// `scaleup report`: prints or draws saved runs, plans and fleets.
enum ReportCommand: Subcommand {
  static let command = Command(
    "scaleup report",
    summary: "Print or draw saved runs, plans and fleets, and print granularity and capacity records.",
    examples: [
      "scaleup report results/run.json", "scaleup report results/run.json --html run.html",
      "scaleup report small.json big.json --html both.html --price small=0.34 --price big=0.68",
      "scaleup report plan.json --html plan.html",
    ],
    read: ReportArguments.init)

  static func run(_ arguments: ReportArguments) throws -> ProgramOutput {
    let (paths, format) = (arguments.paths, arguments.format)
    let destination = try arguments.pictures.map { try PictureDestination($0, sources: paths) }
    do {
      let entries = try paths.flatMap { try RunFile.entries(of: $0) }
      if let destination {
        return try destination.write(
          entries, comparison: try comparison(of: entries.map(\.record), arguments))
      }
      return ProgramOutput(
        output: try format.text(
          of: entries.map(\.record), hasDetails: arguments.hasDetails,
          path: entries.count == 1 ? paths[0] : nil
        ))
    } catch let error as RunFileError {
      do {
        if paths.count > 1 { throw refusal(of: paths) ?? error }
        guard let output = try output(of: paths[0], format, destination) else { throw error }
        return output
      } catch let error as RunFileError {
        throw CommandFailure(error)
      }
    }
  }

  /// Returns the comparison of the runs of several files with the first; `nil` if they are not one run a file, are too many, or
  /// have nothing in common.
  ///
  /// - Throws: `UsageError` if a price names no run.
  private static func comparison(of records: [RunRecord], _ arguments: ReportArguments) throws
    -> ComparisonRecord?
  {
    let paths = arguments.paths
    guard records.count > 1, records.count == paths.count, records.count <= CompareArguments.mostRuns else {
      return nil
    }
    let runs = zip(records, paths).enumerated().map { position, run in
      ComparedRun([run.0], path: run.1, position: position)
    }
    let described = try ComparedRun.described(runs, prices: arguments.prices)
    let comparison = ComparisonRecord(records.map { [$0] }, described)
    return comparison.gains.isEmpty && comparison.changes.isEmpty ? nil : comparison
  }

  /// Returns the error for several files if one of them has another record than runs; `nil` if none has.
  private static func refusal(of paths: [String]) -> (any Error)? {
    for path in paths {
      if let kind = kind(of: path) {
        return UsageError.other(
          "\(Readable.line(path)) has a \(kind), which is reported alone (several files must all be runs)")
      }
    }
    return nil
  }

  /// Returns the kind of the record in a file, unless it has runs or nothing that can be read.
  private static func kind(of path: String) -> String? {
    if (try? PlanRecord.read(path)) != nil { return "plan" }
    if (try? FleetRecord.read(path)) != nil { return "fleet record" }
    if (try? GranularityRecord.read(path)) != nil { return "granularity record" }
    if (try? CapacityRecord.read(path)) != nil { return "capacity record" }
    return nil
  }

  /// A reader of the records of one kind: returns the report or the drawing of a file; `nil` if the file has another kind.
  private typealias RecordReader = (_ path: String, OutputFormat, PictureDestination?) throws ->
    ProgramOutput?

  /// The readers of all kinds of records but runs.
  private static var readers: [RecordReader] { [plan, fleet, granularity, capacity] }

  /// Returns the report of a plan, a fleet, or a file from `scaleup granularity --json` or `scaleup capacity --json`; `nil` if it is
  /// none of these.
  private static func output(
    of path: String, _ format: OutputFormat, _ destination: PictureDestination?
  ) throws -> ProgramOutput? {
    for read in readers {
      if let output = try read(path, format, destination) { return output }
    }
    return nil
  }

  private static func plan(
    _ path: String, _ format: OutputFormat, _ destination: PictureDestination?
  ) throws -> ProgramOutput? {
    guard let plan = try PlanRecord.read(path) else { return nil }
    if let destination { return try destination.write(plan) }
    return try output("plan", format, json: plan.text) { planReport(of: plan, style: Terminal.outputStyle) }
  }

  private static func fleet(
    _ path: String, _ format: OutputFormat, _ destination: PictureDestination?
  ) throws -> ProgramOutput? {
    guard let fleet = try FleetRecord.read(path) else { return nil }
    if let destination {
      return try destination.write(fleet, simulated: FleetSimulation.outcome(of: fleet))
    }
    return try output("fleet", format, json: fleet.text) {
      fleetReport(of: fleet, simulated: FleetSimulation.outcome(of: fleet), style: Terminal.outputStyle)
    }
  }

  private static func granularity(
    _ path: String, _ format: OutputFormat, _ destination: PictureDestination?
  ) throws -> ProgramOutput? {
    guard let record = try GranularityRecord.read(path) else { return nil }
    try requireNoPictures(destination, path)
    return try output("granularity", format, json: record.text) {
      granularityReport(of: record.summarised(), style: Terminal.outputStyle)
    }
  }

  private static func capacity(
    _ path: String, _ format: OutputFormat, _ destination: PictureDestination?
  ) throws -> ProgramOutput? {
    guard let record = try CapacityRecord.read(path) else { return nil }
    try requireNoPictures(destination, path)
    return try output("capacity", format, json: record.text) {
      capacityReport(of: record, style: Terminal.outputStyle)
    }
  }

  private static func requireNoPictures(_ destination: PictureDestination?, _ path: String) throws {
    if destination == nil { return }
    throw UsageError.other(
      "\(Readable.line(path)) has no pictures (expected a run, a plan or a fleet for --html and --svg)")
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
