import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// A run that a new one is compared with, and the gates that judge it: `scaleup run --baseline FILE`, or the run of another
/// suite in the same rounds.
struct Baseline {
  let run: RunRecord
  private let gates: [Gate]

  /// Reads a results file.
  ///
  /// - Throws: `CommandFailure`.
  init(_ path: String, gates: [Gate]) throws(CommandFailure) {
    run = try RunRecord(savedAt: path)
    self.gates = gates
  }

  /// Makes a baseline of a run.
  init(_ run: RunRecord, gates: [Gate]) {
    (self.run, self.gates) = (run, gates)
  }

  /// Checks that something of a plan can be compared, before it is carried out.
  ///
  /// - Throws: `UsageError`.
  func check(_ plan: Plan) throws(UsageError) {
    if plan.isComparable(with: run.plan) { return }
    throw .other(
      "nothing of this run can be compared with the baseline: its workloads, kernels, schedules, placements, requests, "
        + "commands or N differ (set these options as the baseline's run did)")
  }

  /// Adds the comparison to the output of a new run, and the gates' answers to its exit status. If the output is for
  /// programs, only the gates' answers are printed, on standard error.
  func adding(_ new: RunRecord, to result: ProgramOutput, _ arguments: RunArguments) throws -> ProgramOutput {
    let comparison = ComparisonRecord(
      [[run], [new]], [.init(run, name: "baseline"), .init(new, name: "this run")], gates: gates)
    var result = result
    switch arguments.format {
    case .table:
      result.output +=
        "\n"
        + comparisonText(
          of: comparison, hasDetails: arguments.hasDetails, style: Terminal.outputStyle)
    case .markdown: result.output += "\n" + comparisonMarkdown(of: comparison)
    case .json, .csv: result.error += gateReport(of: comparison)
    }
    if result.status == 0 { result.status = comparison.gateStatus }
    return result
  }
}
