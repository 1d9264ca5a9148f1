/// A scaling policy: a rule that turns samples into a wanted number of instances, and the bounds of the group.
///
/// A policy is a value and its decisions are functions: the same observations in the same order give the same
/// decisions, in virtual time and live. Whatever it needs from earlier decisions is in a `PolicyMemory`.
public struct Policy: Equatable, Sendable {
  /// The name that reports show.
  public var name: String
  /// The rule.
  public var rule: Rule
  /// The least and greatest number of instances.
  public var bounds: Bounds
  /// The number of instances to begin with; `nil` if the policy leaves it open.
  public var initial: Int?

  /// Creates a policy.
  ///
  /// - Parameters:
  ///   - name: The name that reports show; the rule's kind by default.
  ///   - bounds: The bounds of the group; the rule's defaults if left out.
  public init(_ rule: Rule, name: String? = nil, bounds: Bounds? = nil, initial: Int? = nil) {
    self.name = name ?? rule.kind
    self.rule = rule
    self.bounds = bounds ?? rule.defaultBounds
    self.initial = initial
  }

  /// Returns the decision on an observation, and keeps in the memory what later decisions need.
  ///
  /// The caller decides every `interval` seconds, with times that never decrease, and carries each decision out by
  /// making `desired` the next observation's `current`.
  public func decide(on observation: Observation, remembering memory: inout PolicyMemory) -> Decision {
    rule.decide(on: observation, within: memory.bounds ?? bounds, remembering: &memory)
  }

  /// The time between decisions in seconds.
  public var interval: Double { rule.interval }

  /// The time in seconds after its start until an instance counts in the group's metrics; 0 if the rule has none.
  public var warmUp: Double { rule.warmUp }
}

/// The least and greatest number of instances of a group.
public struct Bounds: Codable, Equatable, Sendable {
  /// The greatest number of instances that any policy can want.
  public static let most = 1_000_000_000

  /// The least number of instances.
  public var min: Int
  /// The greatest number of instances.
  public var max: Int

  /// Creates bounds; `max` is raised to `min`.
  public init(min: Int = 0, max: Int = most) {
    self.min = Swift.max(0, min)
    self.max = Swift.max(self.min, max)
  }

  /// Returns the nearest number within the bounds, and the bound that was hit.
  func clamp(_ count: Int) -> (count: Int, constraint: Constraint?) {
    count > max ? (max, .max) : count < min ? (min, .min) : (count, nil)
  }
}
