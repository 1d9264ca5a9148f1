extension Policy {
  /// The first line of exported YAML.
  private static let triggerNote = "# Any trigger that reports a length serves in place of rabbitmq.\n"

  /// Returns a KEDA ScaledObject.
  func exported(_ rule: ScaledObject) throws(ExportError) -> String {
    let advanced = rule.behavior.map { behavior in
      Document.object([("horizontalPodAutoscalerConfig", .object([("behavior", behavior.document)]))])
    }
    return Self.triggerNote
      + Self.object(
        "ScaledObject",
        [
          ("scaleTargetRef", .object([("name", .string(Self.exportedName))])),
          ("pollingInterval", .number(rule.pollingInterval.rounded())),
          ("cooldownPeriod", .number(rule.cooldown.rounded())), ("minReplicaCount", .count(bounds.min)),
          ("maxReplicaCount", .count(try greatestSize())), ("advanced", advanced),
          ("triggers", .array([Self.trigger(rule.threshold, rule.activation, rule.metricType.rawValue)])),
        ])
  }

  /// Returns a KEDA ScaledJob.
  func exported(_ rule: ScaledJob) throws(ExportError) -> String {
    let isCustom = rule.strategy == .custom
    let container = Document.object([("name", .string(Self.exportedName)), ("image", .string("IMAGE"))])
    let template = Document.object([
      ("spec", .object([("containers", .array([container])), ("restartPolicy", .string("Never"))]))
    ])
    return Self.triggerNote
      + Self.object(
        "ScaledJob",
        [
          ("jobTargetRef", .object([("template", template)])),
          ("pollingInterval", .number(rule.pollingInterval.rounded())),
          ("minReplicaCount", .count(bounds.min)),
          ("maxReplicaCount", .count(try greatestSize())),
          (
            "scalingStrategy",
            .object([
              ("strategy", .string(rule.strategy.rawValue)),
              ("customScalingQueueLengthDeduction", isCustom ? .count(rule.queueLengthDeduction) : nil),
              ("customScalingRunningJobPercentage", isCustom ? .quantity(rule.runningJobShare) : nil),
            ])
          ), ("triggers", .array([Self.trigger(rule.threshold, 0, nil)])),
        ])
  }

  /// Returns an object of KEDA as YAML.
  private static func object(_ kind: String, _ spec: [(name: String, value: Document?)]) -> String {
    Document.object([
      ("apiVersion", .string("keda.sh/v1alpha1")), ("kind", .string(kind)),
      ("metadata", .object([("name", .string(exportedName))])), ("spec", .object(spec)),
    ]).yaml
  }

  /// Returns the trigger that follows the length of a queue.
  private static func trigger(_ threshold: Double, _ activation: Double, _ type: String?) -> Document {
    .object([
      ("type", .string("rabbitmq")), ("metricType", type.map(Document.string)),
      (
        "metadata",
        .object([
          ("queueName", .string("jobs")), ("hostFromEnv", .string("RABBITMQ_URL")),
          ("mode", .string("QueueLength")),
          ("value", .quantity(threshold)),
          ("activationValue", activation > 0 ? .quantity(activation) : nil),
        ])
      ),
    ])
  }
}
