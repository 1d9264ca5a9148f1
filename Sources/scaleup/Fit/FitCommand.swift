import Analysis
import Arguments
import Formatting
import Harness
import Import
import Platform
import Records
import Report

/// The arguments of `scaleup fit`.
struct FitArguments {
  let path: String
  let columns: ColumnChoice
  let isJSON: Bool

  init(_ line: inout ArgumentLine) throws(UsageError) {
    path = line.operand(
      "FILE", help: "CSV, JSON of hyperfine or Google Benchmark, a saved run, or - for standard input")
    let title = Reader.text("the title of a column", example: "threads")
    let workers = line.value(
      of: Option(
        "workers-column", "NAME", title,
        help: "column or parameter with the worker count (default: by usual names)"))
    let time = line.value(
      of: Option("time-column", "NAME", title, help: "column with the time (default: by usual names)"))
    let throughput = line.value(
      of: Option(
        "throughput-column", "NAME", title, help: "column or counter with work per time, instead of a time"))
    let unit = line.value(
      of: Option(
        "unit", "UNIT", .choice(of: TimeUnit.allCases),
        help: "unit of the time (default: as in its title, or s)"))
    let groups = line.value(
      of: Option(
        "by", "COLUMN,…", Reader.text("the title of a column", example: "size").list(), isRepeatable: true,
        help: "fit the trials of each value of a column by themselves"))
    isJSON = line.has(Flag("json", help: "print a scaleup.fit/1 record per fit, each on one line"))
    columns = ColumnChoice(
      workers: workers, time: time, throughput: throughput, unit: unit, groups: groups ?? [])
    if throughput != nil, let other = time != nil ? "time-column" : unit != nil ? "unit" : nil {
      throw .other("--\(other) has no effect with --throughput-column (leave one out)")
    }
  }
}

/// `scaleup fit`: file → samples → laws → report.
enum FitCommand: Subcommand {
  /// The greatest size of a file that is no run, in bytes: some tens of millions of rows.
  private static let sizeLimit = 1 << 28

  static let command = Command(
    "scaleup fit", summary: "Fit scaling laws to throughputs by workers.",
    examples: [
      "scaleup fit throughputs.csv", "scaleup fit sizes.csv --by size",
      "scaleup fit times.csv --workers-column threads --time-column mean --unit ms",
      "scaleup fit - < times.json",
      "scaleup fit results/run.json",
    ], read: FitArguments.init)

  static func run(_ arguments: FitArguments) throws -> ProgramOutput {
    let data = try data(arguments)
    let notes = data.notes.isEmpty ? nil : data.notes
    let fits = data.groups.map { (labels: $0.labels, fit: ScalingFit($0.samples)) }
    if arguments.isJSON {
      return ProgramOutput(
        output: try fits.map { labels, fit in
          let members = Dictionary(labels.map { ($0.title, $0.value) }) { first, _ in first }
          return try FitRecord(fit, group: members.isEmpty ? nil : members, notes: notes).text()
        }.joined())
    }
    let style = Terminal.outputStyle
    let reports = fits.map { labels, fit in
      let title = labels.map { "\($0.title) \($0.value)" }.joined(separator: ", ")
      return fitReport(of: fit, title: title.isEmpty ? nil : title, style: style)
    }
    let head = notes.map { $0.flatMap { style.wrapped(Readable.line($0)) }.map { $0 + "\n" }.joined() }
    return ProgramOutput(output: ([head].compactMap(\.self) + reports).joined(separator: "\n"))
  }

  /// Reads the trials in a file.
  ///
  /// - Throws: `CommandFailure`.
  private static func data(_ arguments: FitArguments) throws(CommandFailure) -> ScalingData {
    let isInput = arguments.path == File.standardInput
    let name = isInput ? StandardInput.name : arguments.path
    let text: String
    do throws(TextFileError) {
      text =
        try isInput
        ? StandardInput.text(limit: RunFile.sizeLimit) : File.text(arguments.path, limit: RunFile.sizeLimit)
    } catch {
      throw failure("\(error) (expected CSV, JSON of hyperfine or Google Benchmark, or a saved run)")
    }
    if RunFile.isRun(text) { return try data(ofRun: text, named: name, arguments.columns) }
    if text.utf8.count > sizeLimit {
      throw failure("\(Readable.line(name)) has more than \(sizeLimit >> 20) MiB (split it)")
    }
    do throws(ImportError) {
      return try ScalingData(text, columns: arguments.columns)
    } catch {
      throw failure("\(Readable.line(name)) \(error)")
    }
  }

  private static func data(
    ofRun text: String, named name: String, _ columns: ColumnChoice
  ) throws(CommandFailure) -> ScalingData {
    if columns != ColumnChoice() {
      throw failure(
        "\(Readable.line(name)) is a run, whose columns are known (leave out the options that name columns)")
    }
    let entries: [RunFile.Entry]
    do throws(RunFileError) {
      entries = try RunFile.entries(in: text, named: name)
    } catch {
      throw CommandFailure(error)
    }
    let data = ScalingData(entries.map(\.record))
    if data.groups.isEmpty {
      throw failure(
        "\(Readable.line(name)) has no model with several worker counts (measure with --workers 1,2,4)")
    }
    return data
  }

  private static func failure(_ message: String) -> CommandFailure {
    CommandFailure(message: message, status: UsageError.exitStatus)
  }
}
