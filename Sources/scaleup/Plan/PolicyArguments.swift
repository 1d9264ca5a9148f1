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
    min = line.value(of: Self.size("min", "least number of instances"))
    desired = line.value(of: Self.size("desired", "number of instances to begin with"))
    max = line.value(of: Self.size("max", "greatest number of instances"))
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
    for name in names { policies.append(try sized(try policy(name))) }
    return policies
  }

  private func policy(_ name: String) throws(CommandFailure) -> Policy {
    if let preset = Policy.preset(named: name) { return preset }
    if !name.contains("/") && !name.contains(".") {
      let known = Policy.presets.map(\.name)
      let error = UsageError.unknownWord(
        name, kind: "policy", known: known + ["or a JSON file"], nearest: nearestWord(to: name, among: known))
      throw CommandFailure(message: error.message(for: "scaleup plan"), status: UsageError.exitStatus)
    }
    return try PolicyFile.read(Policy.self, name)
  }

  private func sized(_ policy: Policy) throws(CommandFailure) -> Policy {
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
