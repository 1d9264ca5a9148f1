import Analysis
import Arguments
import Formatting
import Harness
import Import
import Platform
import Records
import Report

/// `scaleup fit`: file → samples → laws → report.
enum FitCommand: Subcommand {
  /// The greatest size of a file in bytes: some tens of millions of rows.
  private static let sizeLimit = 1 << 28

  private static let by = Option<[String]>(
    "by", "COLUMN,…", Reader.text("the title of a column", example: "size").list(), isRepeatable: true,
    help: "fit the trials of each value of a column by themselves")

  static let command = Command(
    "scaleup fit", summary: "Fit scaling laws to throughputs by workers.",
    examples: ["scaleup fit throughputs.csv", "scaleup fit sizes.csv --by size"]
  ) { line in
    (
      path: line.operand(
        "FILE", help: "CSV file with columns workers,throughput or workers,seconds"),
      columns: line.value(of: by) ?? [],
      isJSON: line.has(Flag("json", help: "print a scaleup.fit/1 record per fit, each on one line"))
    )
  }

  static func run(_ arguments: (path: String, columns: [String], isJSON: Bool)) throws -> ProgramOutput {
    let groups = try groups(in: arguments.path, by: arguments.columns)
    let output = try groups.map { group in
      let fit = ScalingFit(group.samples)
      let values = zip(arguments.columns, group.values)
      if arguments.isJSON {
        let members = Dictionary(values) { first, _ in first }
        return try FitRecord(fit, group: members.isEmpty ? nil : members).text()
      }
      let title = values.map { "\($0) \($1)" }.joined(separator: ", ")
      return fitReport(of: fit, title: title.isEmpty ? nil : title, style: Terminal.outputStyle)
    }
    return ProgramOutput(output: output.joined(separator: arguments.isJSON ? "" : "\n"))
  }

  /// Reads the trials in a file, in groups with the same values in some columns.
  ///
  /// - Throws: `CommandFailure`.
  private static func groups(
    in path: String, by columns: [String]
  ) throws(CommandFailure) -> [ScalingTable.Group] {
    let text: String
    do throws(TextFileError) {
      text = try File.text(path, limit: sizeLimit)
    } catch {
      throw CommandFailure(
        message: "\(error) (expected comma-separated values, \(ScalingTable.expected))",
        status: UsageError.exitStatus)
    }
    do throws(ScalingTable.FormatError) {
      return try ScalingTable.groups(in: text, by: columns)
    } catch {
      throw CommandFailure(message: "\(Readable.line(path)) \(error)", status: UsageError.exitStatus)
    }
  }
}
