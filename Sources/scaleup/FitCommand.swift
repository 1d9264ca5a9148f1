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

  static let command = Command(
    "scaleup fit", summary: "Fit scaling laws to throughputs by workers.",
    examples: ["scaleup fit throughputs.csv"]
  ) { line in
    (
      path: line.operand("FILE", help: "CSV file with columns workers,throughput or workers,seconds"),
      isJSON: line.has(Flag("json", help: "print one scaleup.fit/1 record"))
    )
  }

  static func run(_ arguments: (path: String, isJSON: Bool)) throws -> ProgramOutput {
    let fit = ScalingFit(try samples(in: arguments.path))
    return ProgramOutput(
      output: arguments.isJSON
        ? try FitRecord(fit).text() : fitReport(of: fit, style: Terminal.outputStyle))
  }

  /// Reads the samples in a file.
  ///
  /// - Throws: `CommandFailure`.
  private static func samples(in path: String) throws(CommandFailure) -> [ScalingSample] {
    let text: String
    do throws(SystemError) {
      text = try File.read(path, limit: sizeLimit)
    } catch {
      throw CommandFailure(
        message: "\(error) (expected comma-separated values, \(ScalingTable.expected))",
        status: UsageError.exitStatus)
    }
    do throws(ScalingTable.FormatError) {
      return try ScalingTable.samples(in: text)
    } catch {
      throw CommandFailure(message: "\(Readable.line(path)) \(error)", status: UsageError.exitStatus)
    }
  }
}
