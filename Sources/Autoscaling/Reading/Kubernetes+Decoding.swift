extension HorizontalPodAutoscaler {
  static let fields = [
    "metrics", "behavior", "tolerance", "interval", "initializationPeriod", "readinessDelay",
  ]

  init(_ fields: Fields) throws {
    let specs = try fields.required(
      "metrics", try fields.elements("metrics") { try MetricSpec(from: $0, "metric \($1)") })
    if specs.isEmpty { throw fields.invalid("metrics", "is empty", "at least one metric") }
    self.init(
      specs, behavior: try fields.value("behavior") { try ScalingBehavior(from: $0) } ?? ScalingBehavior(),
      tolerance: try fields.number("tolerance", NumberRange(most: 1).orQuantity) ?? 0.1,
      interval: try fields.number("interval", .period) ?? 15,
      initializationPeriod: try fields.number("initializationPeriod", .duration) ?? 300,
      readinessDelay: try fields.number("readinessDelay", .duration) ?? 30)
  }
}

extension MetricSpec {
  /// Reads a metric, either short, such as `{"resource":"cpu","targetUtilization":50}`, or as in autoscaling/v2.
  ///
  /// - Throws: `FieldError`.
  init(from decoder: any Decoder, _ place: String) throws {
    let sources = ["resource", "pods", "object", "external"]
    let fields = try Fields(
      decoder, place, known: sources + ["type", "targetUtilization", "targetAverage", "targetValue"])
    if fields.has("type") {
      self = try MetricSpec(full: fields)
      return
    }
    let given = sources.filter(fields.has)
    guard let word = given.first, given.count == 1, let source = Source(rawValue: word) else {
      throw FieldError(
        "has \(given.count) sources in \(place) (expected one of \(sources.joined(separator: ", ")))")
    }
    let targets: [Target] = [
      try fields.number("targetUtilization", .utilization).map(Target.utilization),
      try fields.number("targetAverage", .positive.orQuantity).map(Target.average),
      try fields.number("targetValue", .positive.orQuantity).map(Target.value),
    ].compactMap(\.self)
    try self.init(source, fields.required(word, fields.string(word)), targets, place)
  }

  /// Reads a metric as in autoscaling/v2.
  private init(full fields: Fields) throws {
    enum Kind: String, CaseIterable { case Resource, Pods, Object, External }
    let kind: Kind = try fields.required("type", try fields.word("type"))
    let member = kind.rawValue.lowercased()
    guard let source = Source(rawValue: member) else { throw fields.invalid("type", "is unknown", member) }
    self = try fields.required(
      member,
      try fields.value(member) { decoder in
        let place = "'\(member)' of \(fields.place)"
        let known = kind == .Resource ? ["name", "target"] : ["metric", "describedObject", "target"]
        let parts = try Fields(decoder, place, known: known)
        let name =
          kind == .Resource
          ? try parts.string("name")
          : try parts.value("metric") {
            let metric = try Fields($0, "'metric' of \(place)", known: ["name", "selector"])
            return try metric.required("name", try metric.string("name"))
          }
        let target = try parts.required("target", try parts.value("target") { try Self.target($0, place) })
        return try MetricSpec(
          source, parts.required(kind == .Resource ? "name" : "metric", name), [target], place)
      })
  }

  /// Reads a target as in autoscaling/v2.
  private static func target(_ decoder: any Decoder, _ place: String) throws -> Target {
    enum Kind: String, CaseIterable { case Utilization, Value, AverageValue }
    let fields = try Fields(
      decoder, "'target' of \(place)", known: ["type", "averageUtilization", "averageValue", "value"])
    let kind: Kind = try fields.required("type", try fields.word("type"))
    switch kind {
    case .Utilization:
      return .utilization(
        try fields.required("averageUtilization", try fields.number("averageUtilization", .utilization)))
    case .AverageValue:
      return .average(
        try fields.required("averageValue", try fields.number("averageValue", .positive.orQuantity)))
    case .Value:
      return .value(try fields.required("value", try fields.number("value", .positive.orQuantity)))
    }
  }

  /// Checks that a source has exactly one target that it may have.
  private init(_ source: Source, _ name: String, _ targets: [Target], _ place: String) throws {
    let expected =
      switch source {
      case .resource: "targetUtilization or targetAverage"
      case .pods: "targetAverage"
      case .object, .external: "targetAverage or targetValue"
      }
    guard let target = targets.first, targets.count == 1 else {
      throw FieldError("has \(targets.count) targets in \(place) (expected one: \(expected))")
    }
    let isAllowed =
      switch (source, target) {
      case (.resource, .utilization), (.resource, .average), (.pods, .average): true
      case (.object, .average), (.object, .value), (.external, .average), (.external, .value): true
      default: false
      }
    if !isAllowed { throw FieldError("has a wrong kind of target in \(place) (expected \(expected))") }
    self.init(source, name, target)
  }
}

extension NumberRange {
  /// The target utilizations of Kubernetes, which may be over 100 % of what pods request.
  static let utilization = NumberRange(most: 10_000, isPositive: true)
}

extension ScalingBehavior {
  /// Reads `behavior` as in autoscaling/v2.
  ///
  /// - Throws: `FieldError`.
  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, "'behavior'", known: ["scaleUp", "scaleDown"])
    self.init(
      scaleUp: try fields.value("scaleUp") { try Rules($0, "'scaleUp'", .defaultScaleUp) } ?? .defaultScaleUp,
      scaleDown: try fields.value("scaleDown") { try Rules($0, "'scaleDown'", .defaultScaleDown) }
        ?? .defaultScaleDown)
  }
}

extension ScalingBehavior.Rules {
  /// Reads the limits of a direction; what they leave out is the default's.
  init(_ decoder: any Decoder, _ place: String, _ defaults: Self) throws {
    let fields = try Fields(
      decoder, place, known: ["stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance"])
    let policies = try fields.elements("policies") { decoder, number in
      let policy = try Fields(
        decoder, "policy \(number) of \(place)", known: ["type", "value", "periodSeconds"])
      return ScalingBehavior.RatePolicy(
        try policy.required("type", try policy.word("type")),
        try policy.required("value", try policy.integer("value", 1...Bounds.most)),
        per: Double(
          try policy.required("periodSeconds", try policy.integer("periodSeconds", 1...1800))))
    }
    if policies?.isEmpty == true { throw fields.invalid("policies", "is empty", "at least one policy") }
    self.init(
      stabilizationWindow: Double(
        try fields.integer("stabilizationWindowSeconds", 0...3600) ?? Int(defaults.stabilizationWindow)),
      select: try fields.word("selectPolicy") ?? defaults.select, policies: policies ?? defaults.policies,
      tolerance: try fields.number("tolerance", NumberRange(most: 1).orQuantity))
  }
}
