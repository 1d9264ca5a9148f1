import Arguments
import Autoscaling
import Platform

/// `scaleup plan --export FORMAT`: a policy as text for another engine.
enum ExportCommand {
  static let option = Option<ExportFormat>(
    "export", "FORMAT", .choice(of: ExportFormat.allCases),
    help: "print the policy for another engine: hpa, keda (YAML) or asg (JSON for aws)")

  /// Returns the policy for the engine.
  ///
  /// - Throws: `UsageError` unless one policy is given; `CommandFailure` if it cannot be read, or the engine has no such
  ///   policy.
  static func output(of arguments: PolicyArguments, as format: ExportFormat) throws -> ProgramOutput {
    let policies = try arguments.policies()
    guard let policy = policies.first, policies.count == 1 else {
      throw UsageError.other(
        "--export takes one policy, not \(policies.count) (add --policy \(format.rawValue))")
    }
    do throws(ExportError) {
      return ProgramOutput(output: try policy.exported(as: format))
    } catch {
      throw CommandFailure(message: "the policy \(policy.name) \(error)", status: UsageError.exitStatus)
    }
  }
}
