extension ScaledObject {
  static let fields = [
    "threshold", "activation", "metricType", "pollingInterval", "cooldownPeriod", "behavior",
  ]

  init(_ fields: Fields) throws {
    self.init(
      threshold: try fields.required("threshold", try fields.number("threshold", .positive)),
      activation: try fields.number("activation", .natural) ?? 0,
      metricType: try fields.word("metricType") ?? .averageValue,
      pollingInterval: try fields.number("pollingInterval", .period) ?? 30,
      cooldown: try fields.number("cooldownPeriod", .duration) ?? 300,
      behavior: try fields.value("behavior") { try ScalingBehavior(from: $0) })
  }
}

extension ScaledJob {
  static let fields = [
    "strategy", "threshold", "customScalingQueueLengthDeduction", "customScalingRunningJobPercentage",
    "pollingInterval",
  ]

  init(_ fields: Fields) throws {
    self.init(
      try fields.word("strategy") ?? .default,
      threshold: try fields.number("threshold", .positive) ?? 1,
      queueLengthDeduction: try fields.integer(
        "customScalingQueueLengthDeduction", -Bounds.most...Bounds.most) ?? 0,
      runningJobShare: try fields.number(
        "customScalingRunningJobPercentage", NumberRange(most: 1000).orQuantity) ?? 0,
      pollingInterval: try fields.number("pollingInterval", .period) ?? 30)
  }
}
