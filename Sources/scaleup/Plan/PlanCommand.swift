import Arguments
import Autoscaling
import Platform

/// The arguments of `scaleup plan`.
struct PlanArguments {
  let policies: PolicyArguments
  /// The file with a state to decide on; `nil` if there is none.
  let decide: String?
  /// The format of the policy for another engine; `nil` if none is asked for.
  let export: ExportFormat?

  init(_ line: inout ArgumentLine) {
    line.group("Policies")
    policies = PolicyArguments(&line)
    decide = line.value(of: DecideCommand.option)
    export = line.value(of: ExportCommand.option)
  }
}

/// `scaleup plan`: arguments → demand, traffic, policies → plan → report.
enum PlanCommand: Subcommand {
  static let command = Command(
    "scaleup plan", summary: "Plan instances and scaling policies.",
    examples: ["scaleup plan --decide state.json", "scaleup plan --policy hpa --max 20 --export hpa"],
    read: PlanArguments.init)

  static func run(_ arguments: PlanArguments) throws -> ProgramOutput {
    if let path = arguments.decide { return try DecideCommand.output(for: path) }
    if let format = arguments.export {
      return try ExportCommand.output(of: arguments.policies, as: format)
    }
    throw UsageError.other("nothing to plan (expected --decide FILE or --export FORMAT)")
  }
}
