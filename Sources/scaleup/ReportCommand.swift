import Arguments
import Harness
import Platform

/// `scaleup report`: prints a saved run again.
enum ReportCommand: Subcommand {
  static let syntax = Command(
    "scaleup report", summary: "print a saved run again",
    operands: [.init("FILE", help: "the results file")], options: [OutputFormat.option.syntax])

  static func run(_ matches: Matches) throws -> ProgramOutput {
    do {
      let run = try RunFile.read(matches.operands[0])
      return ProgramOutput(output: try OutputFormat(matches).text(of: run))
    } catch let problem as RunFile.Problem {
      throw CommandFailure(
        message: "\(problem); see scaleup list for those there are", status: UsageError.exitStatus)
    }
  }
}
