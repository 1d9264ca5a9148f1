/// A state with a policy that decides on it: the input of `scaleup plan --decide`.
///
/// Alarms are taken to have been in breach for long enough, so that the metric alone decides.
public struct PolicyQuestion: Equatable, Sendable {
  /// The policy.
  public var policy: Policy
  /// The state.
  public var observation: Observation
  /// The memory of the policy.
  public var memory: PolicyMemory

  /// The decision.
  public var answer: Decision {
    var memory = memory
    return policy.decide(on: observation, remembering: &memory)
  }
}

extension PolicyQuestion: Decodable {
  private static let fields = [
    "policy", "now", "current", "metric", "metrics", "pods", "queue", "scale", "running", "pending",
    "warming",
    "history",
  ]

  /// Reads a question.
  ///
  /// - Throws: `FieldError`.
  public init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, "the state", known: Self.fields)
    let policy = try fields.required("policy", try fields.value("policy") { try Policy(from: $0) })
    let time = try fields.number("now", .time) ?? 0
    let sizes = 0...Bounds.most
    let running = try fields.integer("running", sizes)
    let current = try fields.integer("current", sizes)
    var observation = Observation(
      time: time, current: 0, warming: try fields.integer("warming", sizes) ?? 0, running: running ?? 0,
      pending: try fields.integer("pending", sizes) ?? 0)
    if case .kedaJob(let rule) = policy.rule {
      observation.current = current ?? running ?? 0
      observation.queue =
        try fields.number("scale", .natural).map { $0 * rule.threshold } ?? fields.number("queue", .natural)
      if !fields.mentions("queue") && !fields.mentions("scale") {
        throw FieldError("lacks 'scale' in the state")
      }
    } else {
      observation.current = try fields.required("current", current)
      observation.queue = try fields.number("queue", .natural)
    }
    if observation.warming > observation.current {
      throw FieldError("has a 'warming' of \(observation.warming) over its 'current' in the state")
    }
    observation.metrics = try Self.metrics(fields, policy)
    observation.pods =
      try fields.elements("pods") { try Pod(from: $0, "pod \($1)", at: time, of: policy.rule) } ?? []
    try policy.rule.requireSamples(fields)
    self.policy = policy
    self.observation = observation
    memory = try fields.value("history") { try PolicyMemory(from: $0, at: time) } ?? .breaching
  }

  /// Reads the metrics of the group, `metric` for one, `metrics` by name.
  private static func metrics(_ fields: Fields, _ policy: Policy) throws -> [String: Double] {
    let names = Set(policy.rule.metrics)
    let signed = NumberRange(least: -1e15, most: 1e15).orQuantity
    var values: [String: Double] = [:]
    if let value = try fields.number("metric", signed) {
      for name in names { values[name] = value }
    }
    let named = try fields.value("metrics") { decoder in
      let list = try Fields(decoder, "'metrics'", known: names.sorted())
      var values: [String: Double] = [:]
      for name in list.names { values[name] = try list.number(name, signed) }
      return values
    }
    return values.merging(named ?? [:]) { $1 }
  }
}

extension Rule {
  /// Checks that a state mentions the samples that the rule reads; `null` stands for data that are missing.
  ///
  /// - Throws: `FieldError`.
  fileprivate func requireSamples(_ fields: Fields) throws {
    let needed: [String] =
      switch self {
      case .keda, .backlog: ["queue"]
      case .hpa(let rule):
        (rule.metrics.isEmpty ? [] : ["metric"])
          + (rule.specs.contains { $0.source == .resource || $0.source == .pods } ? ["pods"] : [])
      case .combined(let rule): rule.metrics.isEmpty ? [] : ["metric"]
      case .targetTracking, .step, .simple: ["metric"]
      case .scheduled, .kedaJob, .none: []
      }
    for name in needed where !fields.mentions(name) && !(name == "metric" && fields.mentions("metrics")) {
      throw FieldError("lacks '\(name)' in the state (null if the data are missing)")
    }
    if case .combined(let rule) = self { for policy in rule.policies { try policy.requireSamples(fields) } }
  }
}

extension Pod {
  /// Reads a pod: `ready`, `phase`, `deleted`, `started` and `changed` (seconds before now), `request`, and a member for
  /// each metric.
  ///
  /// - Throws: `FieldError`.
  fileprivate init(from decoder: any Decoder, _ place: String, at time: Double, of rule: Rule) throws {
    var names = ["cpu", "memory"]
    if case .hpa(let autoscaler) = rule {
      names += autoscaler.specs.filter { $0.source == .pods }.map(\.name)
    }
    let state = ["ready", "phase", "deleted", "started", "changed", "request"]
    let fields = try Fields(decoder, place, known: state + names.filter { !state.contains($0) })
    enum Word: String, CaseIterable { case Pending, Running, Failed, Succeeded }
    let word: Word = try fields.word("phase") ?? .Running
    let isGone = try fields.flag("deleted") ?? false || word == .Failed
    let before = NumberRange(least: -1e9, most: 0)
    let samples = NumberRange.natural.orQuantity
    self.init(
      isReady: try fields.flag("ready") ?? true,
      phase: isGone ? .gone : word == .Pending ? .pending : .running,
      started: try fields.number("started", before).map { time + $0 },
      changed: try fields.number("changed", before).map { time + $0 })
    for name in names { usage[name] = try fields.number(name, samples) }
    if let all = try? fields.number("request", samples) {
      for name in ["cpu", "memory"] { requests[name] = all }
    } else {
      try fields.value("request") { decoder in
        let list = try Fields(decoder, "'request' of \(place)", known: ["cpu", "memory"])
        for name in list.names { requests[name] = try list.number(name, samples) }
      }
    }
  }
}

extension PolicyMemory {
  /// Reads a history, whose times are seconds before now.
  ///
  /// - Throws: `FieldError`.
  fileprivate init(from decoder: any Decoder, at time: Double) throws {
    let lists = ["recommendations", "added", "removed"]
    let fields = try Fields(
      decoder, "'history'", known: lists + ["lastActivity", "lastActive", "lastSchedule"])
    let before = NumberRange(least: -1e9, most: 0)
    func entries(_ name: String) throws -> [Entry] {
      try fields.elements(name) { decoder, number in
        let expected = "a pair such as [-60, 8]: seconds before now, and a count"
        guard let pair = try? [Double](from: decoder), pair.count == 2, before.contains(pair[0]),
          let size = Int(exactly: pair[1]), 0...Bounds.most ~= size
        else { throw fields.invalid(name, "has a wrong element \(number)", expected) }
        return Entry(time: time + pair[0], count: size)
      } ?? []
    }
    self = .breaching
    recommendations = try entries("recommendations")
    added = try entries("added")
    removed = try entries("removed")
    lastActivity = try fields.number("lastActivity", before).map { time + $0 }
    lastActive = try fields.number("lastActive", before).map { time + $0 }
    lastSchedule = try fields.number("lastSchedule", before).map { time + $0 }
  }
}
