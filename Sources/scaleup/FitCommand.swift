import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup fit`: file → samples → laws → report.
enum FitCommand: Subcommand {
  private static let json = Flag("json", help: "print one scaleup.fit/1 record instead of tables")

  static let syntax = Command(
    "scaleup fit", summary: "fit scaling laws to throughputs by workers",
    operands: [
      .init("FILE", help: "the CSV file: workers,throughput or workers,seconds, a line a trial")
    ],
    options: [json.syntax])

  static func run(_ matches: Matches) throws -> ProgramOutput {
    do {
      let fit = ScalingFit(try ScalingFile.read(matches.operands[0]))
      return ProgramOutput(
        output: matches.has(json)
          ? try FitRecord(fit).text() : fitReport(of: fit, style: Terminal.outputStyle))
    } catch let problem as ScalingFile.Problem {
      throw CommandFailure(message: problem.description, status: UsageError.exitStatus)
    }
  }
}
