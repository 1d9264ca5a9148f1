extension Policy {
  /// Returns a HorizontalPodAutoscaler of autoscaling/v2.
  func exported(_ rule: HorizontalPodAutoscaler) throws(ExportError) -> String {
    if bounds.min == 0 && rule.metrics.isEmpty {
      throw ExportError("has a minimum of 0, which needs an object or external metric (add --min 1)")
    }
    let most = try greatestSize()
    if most == 0 { throw ExportError("has a maximum of 0 instances (add --max COUNT)") }
    let flag =
      rule.tolerance == 0.1
      ? ""
      : "# The tolerance is a flag of the controller: --horizontal-pod-autoscaler-tolerance=\(text(rule.tolerance))\n"
    return flag
      + Document.object([
        ("apiVersion", .string("autoscaling/v2")), ("kind", .string("HorizontalPodAutoscaler")),
        ("metadata", .object([("name", .string(Self.exportedName))])),
        (
          "spec",
          .object([
            (
              "scaleTargetRef",
              .object([
                ("apiVersion", .string("apps/v1")), ("kind", .string("Deployment")),
                ("name", .string(Self.exportedName)),
              ])
            ),
            ("minReplicas", .count(bounds.min)), ("maxReplicas", .count(most)),
            ("metrics", .array(rule.specs.map(\.document))), ("behavior", rule.behavior.document),
          ])
        ),
      ]).yaml
  }
}

extension MetricSpec {
  /// The metric as in autoscaling/v2.
  var document: Document {
    let type = source.rawValue.prefix(1).uppercased() + source.rawValue.dropFirst()
    let metric: (String, Document?) = ("metric", .object([("name", .string(name))]))
    let object: (String, Document?) = (
      "describedObject",
      .object([
        ("apiVersion", .string("v1")), ("kind", .string("Service")), ("name", .string(Policy.exportedName)),
      ])
    )
    let members: [(name: String, value: Document?)] =
      switch source {
      case .resource: [("name", .string(name)), ("target", target.document)]
      case .object: [object, metric, ("target", target.document)]
      case .pods, .external: [metric, ("target", target.document)]
      }
    return .object([("type", .string(type)), (source.rawValue, .object(members))])
  }
}

extension MetricSpec.Target {
  /// The target as in autoscaling/v2. A utilization is a whole percentage there.
  fileprivate var document: Document {
    switch self {
    case .utilization(let percent):
      .object([
        ("type", .string("Utilization")), ("averageUtilization", .number(max(1, percent.rounded()))),
      ])
    case .average(let value):
      .object([("type", .string("AverageValue")), ("averageValue", .quantity(value))])
    case .value(let value): .object([("type", .string("Value")), ("value", .quantity(value))])
    }
  }
}

extension ScalingBehavior {
  /// The limits as in autoscaling/v2.
  var document: Document { .object([("scaleUp", scaleUp.document), ("scaleDown", scaleDown.document)]) }
}

extension ScalingBehavior.Rules {
  fileprivate var document: Document {
    .object([
      ("stabilizationWindowSeconds", .number(stabilizationWindow.rounded())),
      ("selectPolicy", .string(select.rawValue)), ("tolerance", tolerance.map { .quantity($0) }),
      (
        "policies",
        .array(
          policies.map { policy in
            .object([
              ("type", .string(policy.unit.rawValue)), ("value", .count(policy.value)),
              ("periodSeconds", .number(policy.period.rounded())),
            ])
          })
      ),
    ])
  }
}
