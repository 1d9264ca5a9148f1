import Arguments
import Autoscaling

/// The policies to compare, and the size of their group.
struct PolicyArguments {
  /// The names of presets, or files.
  let names: [String]
  /// The least number of instances, if it replaces the policies'.
  let min: Int?
  /// The number of instances to begin with, if it replaces the policies'.
  let desired: Int?
  /// The greatest number of instances, if it replaces the policies'.
  let max: Int?

  init(_ line: inout ArgumentLine) {
    names =
      line.value(
        of: Option<[String]>(
          "policy", "POLICY,…", Reader.text("a preset or a JSON file", example: "hpa").list(),
          isRepeatable: true,
          help: "scaling policies to compare: presets, or JSON files")) ?? []
    min = line.value(of: Self.size("min", "minimum number of instances"))
    desired = line.value(of: Self.size("desired", "number of instances at the start"))
    max = line.value(of: Self.size("max", "maximum number of instances"))
  }

  private static func size(_ name: String, _ help: String) -> Option<Int> {
    Option(name, "COUNT", .count(in: 0...100_000, example: "4"), help: "\(help) (default: the policy's)")
  }

  /// Returns the policies, with the sizes that were given in place of their own.
  ///
  /// - Throws: `CommandFailure` if a name is neither a preset nor a file, a file cannot be read, or the bounds
  ///   contradict each other.
  func policies() throws(CommandFailure) -> [Policy] {
    var policies: [Policy] = []
    for name in names {
      let policy = try Self.policy(name, for: "scaleup plan")
      policies.append(try Self.sized(policy, min: min, desired: desired, max: max))
    }
    return policies
  }

  /// Returns a preset, or the policy of a file.
  ///
  /// - Parameter command: The command, for messages.
  /// - Throws: `CommandFailure` as `policies` does.
  static func policy(_ name: String, for command: String) throws(CommandFailure) -> Policy {
    if let preset = Policy.preset(named: name) { return preset }
    if !name.contains("/") && !name.contains(".") {
      let known = Policy.presets.map(\.name)
      let error = UsageError.unknownWord(
        name, kind: "policy", known: known + ["or a JSON file"], nearest: nearestWord(to: name, among: known))
      throw CommandFailure(message: error.message(for: command), status: UsageError.exitStatus)
    }
    return try PolicyFile.read(Policy.self, name)
  }

  /// Returns a policy with other sizes in place of its own.
  ///
  /// - Throws: `CommandFailure` if they contradict each other.
  static func sized(
    _ policy: Policy, min: Int?, desired: Int?, max: Int?
  ) throws(CommandFailure) -> Policy {
    var policy = policy
    let least = min ?? Swift.min(policy.bounds.min, max ?? policy.bounds.min)
    let most = max ?? Swift.max(policy.bounds.max, least)
    if least > most {
      throw CommandFailure(
        message: "--min \(least) is over --max \(most) (swap them)", status: UsageError.exitStatus)
    }
    policy.bounds = Bounds(min: least, max: most)
    policy.initial = desired ?? policy.initial.map { Swift.min(Swift.max($0, least), most) }
    if let initial = policy.initial, !(least...most).contains(initial) {
      throw CommandFailure(
        message:
          "--desired \(initial) is outside \(least) to \(most) (the bounds of the policy \(policy.name))",
        status: UsageError.exitStatus)
    }
    return policy
  }
}
