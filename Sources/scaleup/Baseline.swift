import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// The saved run that a new one is compared with, and what must not get worse: `scaleup run --baseline FILE`.
struct Baseline {
  let run: RunRecord
  private let gates: [Gate]

  /// The run that the options name, read before anything is measured; `nil` where they name none.
  ///
  /// - Throws: `CommandFailure`, `UsageError`.
  init?(_ matches: Matches) throws {
    gates = matches.value(of: GateOption.option) ?? []
    guard let path = matches.value(of: RunOptions.baseline) else {
      if gates.isEmpty { return nil }
      throw UsageError.other("--gate judges a comparison; add --baseline FILE, or use scaleup compare")
    }
    run = try RunRecord(savedAt: path)
  }

  /// Refuses a plan of which nothing could be compared, before it is carried out.
  ///
  /// - Throws: `UsageError`.
  func check(_ plan: Plan) throws(UsageError) {
    if plan.isComparable(with: run.plan) { return }
    throw .other(
      "nothing of this run could be compared with the baseline, whose workloads, kernels, schedules or N are "
        + "others; leave such options out")
  }

  /// Adds the comparison to what is printed of a new run, and what the gates say to its exit status. Where programs read
  /// the result, only the gates' answers are told, on standard error.
  func adding(_ new: RunRecord, to result: ProgramOutput, _ format: OutputFormat) throws -> ProgramOutput {
    let comparison = ComparisonRecord(
      [run, new], [.init(run, name: "baseline"), .init(new, name: "this run")], gates: gates)
    var result = result
    switch format {
    case .table: result.output += "\n" + comparisonReport(of: comparison, style: Terminal.outputStyle)
    case .markdown: result.output += "\n" + comparisonMarkdown(of: comparison)
    case .json, .csv: result.error += gateReport(of: comparison)
    }
    if result.status == 0 { result.status = comparison.gateStatus }
    return result
  }
}
