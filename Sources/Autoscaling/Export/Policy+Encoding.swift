extension Policy: Encodable {
  /// Writes the policy in the form of policy files.
  public func encode(to encoder: any Encoder) throws {
    let sizes: [(name: String, value: Document?)] = [
      ("kind", .string(rule.kind)), ("name", .string(name)), ("min", .count(bounds.min)),
      ("max", .count(bounds.max)),
      ("desired", initial.map(Document.count)),
    ]
    try Document.object(sizes + rule.members).encode(to: encoder)
  }
}

extension Rule {
  /// The members of the rule in a policy file.
  fileprivate var members: [(name: String, value: Document?)] {
    switch self {
    case .targetTracking(let rule):
      [("target", .number(rule.target)), ("metric", .string(rule.metric))] + rule.members
    case .backlog(let rule):
      [("secondsPerJob", .number(rule.secondsPerJob)), ("allowedSeconds", .number(rule.allowedSeconds))]
        + rule.tracking.members
    case .step(let rule): rule.members + [("warmUp", .number(rule.warmUp))]
    case .simple(let rule): rule.steps.members + [("cooldown", .number(rule.cooldown))]
    case .scheduled(let rule):
      [("actions", .array(rule.actions.map(\.document))), ("every", rule.every.map(Document.number))]
    case .hpa(let rule):
      [
        ("metrics", .array(rule.specs.map(\.document))), ("behavior", rule.behavior.document),
        ("tolerance", .number(rule.tolerance)), ("interval", .number(rule.interval)),
        ("initializationPeriod", .number(rule.initializationPeriod)),
        ("readinessDelay", .number(rule.readinessDelay)),
      ]
    case .keda(let rule):
      [
        ("threshold", .number(rule.threshold)), ("activation", .number(rule.activation)),
        ("metricType", .string(rule.metricType.rawValue)), ("pollingInterval", .number(rule.pollingInterval)),
        ("cooldownPeriod", .number(rule.cooldown)), ("behavior", rule.behavior?.document),
      ]
    case .kedaJob(let rule):
      [
        ("strategy", .string(rule.strategy.rawValue)), ("threshold", .number(rule.threshold)),
        ("customScalingQueueLengthDeduction", .count(rule.queueLengthDeduction)),
        ("customScalingRunningJobPercentage", .number(rule.runningJobShare)),
        ("pollingInterval", .number(rule.pollingInterval)),
      ]
    case .combined(let rule):
      [("policies", .array(rule.policies.map { .object([("kind", .string($0.kind))] + $0.members) }))]
    case .none: []
    }
  }
}

extension TargetTracking {
  /// The members that it shares with the policy of a backlog.
  fileprivate var members: [(name: String, value: Document?)] {
    [
      ("scaleOut", scaleOut.document), ("scaleIn", scaleIn.document), ("warmUp", .number(warmUp)),
      ("disableScaleIn", .flag(disableScaleIn)),
    ]
  }
}

extension StepScaling {
  /// The members that it shares with a simple policy.
  fileprivate var members: [(name: String, value: Document?)] {
    [
      ("steps", .array(steps.map(\.document))), ("metric", .string(metric)),
      ("minimumMagnitude", minimumMagnitude > 0 ? .count(minimumMagnitude) : nil), ("alarm", alarm.document),
    ]
  }
}

extension Alarm {
  fileprivate var document: Document { .object([("period", .number(period)), ("periods", .count(periods))]) }
}

extension Step {
  fileprivate var document: Document {
    let amount: Document =
      switch adjustment {
      case .percent(let percent): .number(percent)
      case .change(let count), .exact(let count): .count(count)
      }
    return .object([("from", .number(from)), ("to", to.map(Document.number)), (adjustment.unit, amount)])
  }
}

extension ScheduledScaling.Action {
  fileprivate var document: Document {
    .object([
      ("at", .number(at)), ("min", min.map(Document.count)), ("max", max.map(Document.count)),
      ("desired", desired.map(Document.count)),
    ])
  }
}

extension Document: Encodable {
  func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members):
      var container = encoder.container(keyedBy: Fields.Name.self)
      for member in members {
        try container.encodeIfPresent(member.value, forKey: Fields.Name(stringValue: member.name))
      }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .string(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .number(let number):
      var container = encoder.singleValueContainer()
      if let whole = Int(exactly: number) {
        try container.encode(whole)
      } else {
        try container.encode(number)
      }
    case .flag(let flag):
      var container = encoder.singleValueContainer()
      try container.encode(flag)
    }
  }
}
