/// The inputs of the AWS command line that make a group with its policies: each goes to the command of its name, with
/// `--cli-input-json`. Words in capitals are to be replaced.
struct GroupInputs {
  var policies: [Document] = []
  var alarms: [Document] = []
  var schedule: [Document] = []
}

extension Policy {
  /// Returns the inputs of the AWS command line for an Auto Scaling group.
  func exportedGroup() throws(ExportError) -> String {
    var inputs = GroupInputs()
    try inputs.add(rule, name: name)
    let group = Document.object([
      ("AutoScalingGroupName", .string(Self.exportedName)),
      (
        "LaunchTemplate",
        .object([("LaunchTemplateName", .string(Self.exportedName)), ("Version", .string("$Latest"))])
      ),
      ("MinSize", .count(bounds.min)), ("MaxSize", .count(try greatestSize())),
      ("DesiredCapacity", initial.map(Document.count)), ("VPCZoneIdentifier", .string("SUBNETS")),
      ("HealthCheckType", .string("ELB")), ("HealthCheckGracePeriod", .count(300)),
      ("DefaultInstanceWarmup", warmUp > 0 ? .number(warmUp.rounded()) : nil),
    ])
    return Document.object([
      ("create-auto-scaling-group", group),
      ("put-scaling-policy", inputs.policies.isEmpty ? nil : .array(inputs.policies)),
      ("put-metric-alarm", inputs.alarms.isEmpty ? nil : .array(inputs.alarms)),
      ("put-scheduled-update-group-action", inputs.schedule.isEmpty ? nil : .array(inputs.schedule)),
    ]).json
  }
}

extension GroupInputs {
  /// Adds what a rule needs.
  mutating func add(_ rule: Rule, name: String) throws(ExportError) {
    switch rule {
    case .targetTracking(let rule):
      try add(rule, [("TargetValue", .number(rule.exportedTarget)), rule.exportedMetric], name: name)
    case .backlog(let rule):
      let metrics: (String, Document?) = ("CustomizedMetricSpecification", Self.backlogMetric)
      try add(rule.tracking, [("TargetValue", .number(rule.tracking.target)), metrics], name: name)
    case .step(let rule): try add(rule, cooldown: nil, name: name)
    case .simple(let rule): try add(rule.steps, cooldown: rule.cooldown, name: name)
    case .scheduled(let rule): try add(rule, name: name)
    case .combined(let rule):
      for (index, policy) in rule.policies.enumerated() {
        try add(policy, name: "\(name)-\(index + 1)-\(policy.kind)")
      }
    case .none: break
    case .hpa, .keda, .kedaJob: throw ExportError("is no policy of AWS (try --export hpa or keda)")
    }
  }

  private mutating func add(
    _ rule: TargetTracking, _ metric: [(name: String, value: Document?)], name: String
  ) throws(ExportError) {
    if rule.scaleOut != Alarm(periods: 3) || rule.scaleIn != Alarm(periods: 15) {
      throw ExportError("has alarms of its own, but AWS makes those of target tracking (leave them out)")
    }
    policies.append(
      .object([
        ("AutoScalingGroupName", .string(Policy.exportedName)), ("PolicyName", .string(name)),
        ("PolicyType", .string("TargetTrackingScaling")),
        ("EstimatedInstanceWarmup", .number(rule.warmUp.rounded())),
        ("TargetTrackingConfiguration", .object(metric + [("DisableScaleIn", .flag(rule.disableScaleIn))])),
      ]))
  }

  private mutating func add(_ rule: ScheduledScaling, name: String) throws(ExportError) {
    for (index, action) in rule.actions.enumerated() {
      let minutes = action.at / 60
      guard rule.every == 86_400, minutes == minutes.rounded() else {
        throw ExportError("has actions at other times than full minutes of each day (expected every 86400)")
      }
      schedule.append(
        .object([
          ("AutoScalingGroupName", .string(Policy.exportedName)),
          ("ScheduledActionName", .string("\(name)-\(index + 1)")),
          ("Recurrence", .string("\(Int(minutes) % 60) \(Int(minutes) / 60) * * *")),
          ("MinSize", action.min.map(Document.count)), ("MaxSize", action.max.map(Document.count)),
          ("DesiredCapacity", action.desired.map(Document.count)),
        ]))
    }
  }

  /// The backlog per instance as the user guide computes it: visible messages of a queue over instances in service.
  private static var backlogMetric: Document {
    func metric(_ id: String, _ namespace: String, _ name: String, _ dimension: String, _ value: String)
      -> Document
    {
      .object([
        ("Id", .string(id)),
        (
          "MetricStat",
          .object([
            (
              "Metric",
              .object([
                ("Namespace", .string(namespace)), ("MetricName", .string(name)),
                ("Dimensions", .array([.object([("Name", .string(dimension)), ("Value", .string(value))])])),
              ])
            ), ("Stat", .string("Average")),
          ])
        ), ("ReturnData", .flag(false)),
      ])
    }
    return .object([
      (
        "Metrics",
        .array([
          metric("queue", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "QUEUE"),
          metric(
            "instances", "AWS/AutoScaling", "GroupInServiceInstances", "AutoScalingGroupName",
            Policy.exportedName),
          .object([
            ("Id", .string("backlog")), ("Expression", .string("queue / instances")),
            ("ReturnData", .flag(true)),
          ]),
        ])
      )
    ])
  }
}

extension TargetTracking {
  /// The target in the unit of the metric at AWS, which counts requests per minute.
  fileprivate var exportedTarget: Double { metric == Metric.requests ? target * 60 : target }

  /// The metric as AWS names it.
  fileprivate var exportedMetric: (name: String, value: Document?) {
    switch metric {
    case Metric.utilization:
      (
        "PredefinedMetricSpecification",
        .object([("PredefinedMetricType", .string("ASGAverageCPUUtilization"))])
      )
    case Metric.requests:
      (
        "PredefinedMetricSpecification",
        .object([
          ("PredefinedMetricType", .string("ALBRequestCountPerTarget")),
          ("ResourceLabel", .string("app/BALANCER/ID/targetgroup/TARGETS/ID")),
        ])
      )
    default:
      (
        "CustomizedMetricSpecification",
        .object([
          ("MetricName", .string(metric)), ("Namespace", .string("NAMESPACE")),
          ("Statistic", .string("Average")),
        ])
      )
    }
  }
}
