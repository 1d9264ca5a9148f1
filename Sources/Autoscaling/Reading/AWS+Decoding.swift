extension TargetTracking {
  static let fields = ["target", "metric", "scaleOut", "scaleIn", "warmUp", "disableScaleIn"]

  init(_ fields: Fields) throws {
    let metric = try fields.string("metric") ?? Metric.utilization
    let range = metric == Metric.utilization ? NumberRange(most: 100, isPositive: true) : .positive
    self.init(
      target: try fields.required("target", try fields.number("target", range)), metric: metric,
      scaleOut: try Alarm(fields, "scaleOut", periods: 3), scaleIn: try Alarm(fields, "scaleIn", periods: 15),
      warmUp: try fields.number("warmUp", .duration) ?? 300,
      disableScaleIn: try fields.flag("disableScaleIn") ?? false)
  }
}

extension BacklogPerInstance {
  static let fields = ["secondsPerJob", "allowedSeconds", "scaleOut", "scaleIn", "warmUp", "disableScaleIn"]

  init(_ fields: Fields) throws {
    self.init(
      secondsPerJob: try fields.required("secondsPerJob", try fields.number("secondsPerJob", .period)),
      allowedSeconds: try fields.required("allowedSeconds", try fields.number("allowedSeconds", .period)),
      scaleOut: try Alarm(fields, "scaleOut", periods: 3), scaleIn: try Alarm(fields, "scaleIn", periods: 15),
      warmUp: try fields.number("warmUp", .duration) ?? 300,
      disableScaleIn: try fields.flag("disableScaleIn") ?? false)
    if tracking.target < 1 {
      throw FieldError(
        "has an 'allowedSeconds' under its 'secondsPerJob' in \(fields.place): one job alone takes longer")
    }
  }
}

extension Alarm {
  /// Reads an alarm, or makes one with the default number of periods.
  init(_ fields: Fields, _ name: String, periods: Int) throws {
    let alarm = try fields.value(name) { decoder in
      let alarm = try Fields(decoder, "'\(name)'", known: ["period", "periods"])
      return Alarm(
        period: try alarm.number("period", .period) ?? 60,
        periods: try alarm.integer("periods", 1...1440) ?? periods)
    }
    self = alarm ?? Alarm(periods: periods)
  }
}

extension StepScaling {
  static let fields = ["steps", "metric", "minimumMagnitude", "alarm", "warmUp"]

  init(_ fields: Fields) throws {
    let steps = try fields.required(
      "steps", try fields.elements("steps") { try Step(from: $0, "step \($1)") })
    try Step.check(steps)
    self.init(
      steps: steps, metric: try fields.string("metric") ?? Metric.utilization,
      minimumMagnitude: try fields.integer("minimumMagnitude", 0...Bounds.most) ?? 0,
      alarm: try Alarm(fields, "alarm", periods: 1),
      warmUp: try fields.number("warmUp", .duration) ?? 300)
    if minimumMagnitude > 0,
      !steps.contains(where: { if case .percent = $0.adjustment { true } else { false } })
    {
      throw FieldError("has a 'minimumMagnitude' in \(fields.place), but no step with 'percent'")
    }
  }
}

extension SimpleScaling {
  static let fields = ["steps", "metric", "minimumMagnitude", "alarm", "cooldown"]

  init(_ fields: Fields) throws {
    self.init(
      steps: try StepScaling(fields), cooldown: try fields.number("cooldown", .duration) ?? 300)
    for isAbove in [true, false] where steps.steps.count(where: { $0.isAbove == isAbove }) > 1 {
      throw FieldError(
        "has several steps \(isAbove ? "above" : "below") in \(fields.place) (expected one; try the kind step)"
      )
    }
  }
}

extension ScheduledScaling {
  static let fields = ["actions", "every"]

  init(_ fields: Fields) throws {
    let actions = try fields.required(
      "actions", try fields.elements("actions") { try Action(from: $0, "action \($1)") })
    if actions.isEmpty { throw fields.invalid("actions", "is empty", "at least one action") }
    self.init(actions: actions, every: try fields.number("every", .period))
    if let every, let late = actions.first(where: { $0.at >= every }) {
      throw FieldError(
        "has an action at second \(text(late.at)) that is not within 'every' of \(text(every)) in \(fields.place)"
      )
    }
  }
}

extension ScheduledScaling.Action {
  init(from decoder: any Decoder, _ place: String) throws {
    let fields = try Fields(decoder, place, known: ["at", "min", "max", "desired"])
    let sizes = 0...Bounds.most
    self.init(
      at: try Self.time(fields), min: try fields.integer("min", sizes), max: try fields.integer("max", sizes),
      desired: try fields.integer("desired", sizes))
    if min == nil && max == nil && desired == nil {
      throw FieldError("has no change in \(place) (expected min, max or desired)")
    }
    if let min, let max, min > max {
      throw FieldError("has a 'min' of \(min) over its 'max' of \(max) in \(place)")
    }
    if let desired, desired < min ?? 0 || desired > max ?? Bounds.most {
      throw FieldError("has a 'desired' of \(desired) outside its bounds in \(place)")
    }
  }

  /// Returns a time given in seconds, or as `08:30`.
  private static func time(_ fields: Fields) throws -> Double {
    if let word = try? fields.string("at") {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let hour = parts[0], let minute = parts[1], 0..<24 ~= hour, 0..<60 ~= minute
      else {
        throw fields.invalid("at", "is '\(word)'", "seconds, or a time of day such as \"08:30\"")
      }
      return Double(hour * 3600 + minute * 60)
    }
    return try fields.required("at", try fields.number("at", .duration))
  }
}

extension CombinedPolicies {
  static let fields = ["policies"]

  init(_ fields: Fields) throws {
    let rules = try fields.required(
      "policies",
      try fields.elements("policies") { decoder, number in
        let place = "policy \(number)"
        let rule = try Rule(from: decoder, place)
        _ = try Fields(decoder, place, known: ["kind", "name"] + rule.fields)
        switch rule {
        case .hpa, .keda, .kedaJob, .combined, .none:
          throw FieldError("has the kind \(rule.kind) in \(place) (expected a policy of AWS)")
        default: return rule
        }
      })
    if rules.isEmpty { throw fields.invalid("policies", "is empty", "at least one policy") }
    self.init(rules)
  }
}
