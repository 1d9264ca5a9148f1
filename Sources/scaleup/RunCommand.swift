import Arguments
import FoundationEssentials
import Harness
import Platform
import Records
import Report

/// `scaleup run`: arguments → plan → trials → record → report.
enum RunCommand: Subcommand {
  static let syntax = Command(
    "scaleup run", summary: "try every model and workload at 1, 2, 4 … all CPUs, save the run, print tables",
    options: RunOptions.all)

  static func run(_ matches: Matches) throws -> ProgramOutput {
    if matches.has(RunOptions.noSave), matches.value(of: RunOptions.output) != nil {
      throw UsageError.other("--no-save and --output contradict each other; leave one out")
    }
    let session = try RunSession(matches)
    let run = try session.carryOut()
    let hasFailures = run.trials.contains { $0.failure != nil }
    return ProgramOutput(output: try OutputFormat(matches).text(of: run), status: hasFailures ? 1 : 0)
  }
}
