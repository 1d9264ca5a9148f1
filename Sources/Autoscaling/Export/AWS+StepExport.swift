extension GroupInputs {
  /// Adds a step or simple policy for each side of the steps, with its alarm.
  ///
  /// - Parameter cooldown: The cooldown of a simple policy; `nil` for a step policy.
  mutating func add(_ rule: StepScaling, cooldown: Double?, name: String) throws(ExportError) {
    for isAbove in [true, false] {
      let side = rule.steps.filter { $0.isAbove == isAbove }.sorted {
        isAbove ? $0.from < $1.from : $0.from > $1.from
      }
      guard let first = side.first else { continue }
      let policy = "\(name)-\(isAbove ? "above" : "below")"
      var adjustments: [Document] = []
      for step in side { adjustments.append(try step.document(threshold: first.from)) }
      let isPercent = first.adjustment.unit == "percent"
      let isSimple = cooldown != nil
      policies.append(
        .object([
          ("AutoScalingGroupName", .string(Policy.exportedName)), ("PolicyName", .string(policy)),
          ("PolicyType", .string(isSimple ? "SimpleScaling" : "StepScaling")),
          ("AdjustmentType", .string(first.adjustment.exportedType)),
          ("ScalingAdjustment", isSimple ? .number(try first.adjustment.exportedAmount()) : nil),
          ("Cooldown", cooldown.map { .number($0.rounded()) }),
          (
            "MinAdjustmentMagnitude",
            isPercent && rule.minimumMagnitude > 0 ? .count(rule.minimumMagnitude) : nil
          ), ("EstimatedInstanceWarmup", isSimple ? nil : .number(rule.warmUp.rounded())),
          ("MetricAggregationType", isSimple ? nil : .string("Average")),
          ("StepAdjustments", isSimple ? nil : .array(adjustments)),
        ]))
      alarms.append(rule.exportedAlarm(for: policy, threshold: first.from, isAbove: isAbove))
    }
  }
}

extension StepScaling {
  /// Returns the alarm that calls a policy, by the policy's ARN, which `put-scaling-policy` prints.
  fileprivate func exportedAlarm(for policy: String, threshold: Double, isAbove: Bool) -> Document {
    let isCPU = metric == Metric.utilization
    let group = Document.object([
      ("Name", .string("AutoScalingGroupName")), ("Value", .string(Policy.exportedName)),
    ])
    return .object([
      ("AlarmName", .string("\(Policy.exportedName)-\(policy)")),
      ("Namespace", .string(isCPU ? "AWS/EC2" : "NAMESPACE")),
      ("MetricName", .string(isCPU ? "CPUUtilization" : metric)), ("Statistic", .string("Average")),
      ("Dimensions", .array([group])), ("Period", .number(alarm.period.rounded())),
      ("EvaluationPeriods", .count(alarm.periods)), ("Threshold", .number(threshold)),
      (
        "ComparisonOperator",
        .string(isAbove ? "GreaterThanOrEqualToThreshold" : "LessThanOrEqualToThreshold")
      ), ("AlarmActions", .array([.string("ARN-OF-\(policy)")])),
    ])
  }
}

extension Step {
  /// Returns the step relative to the threshold of its alarm.
  fileprivate func document(threshold: Double) throws(ExportError) -> Document {
    let near = Document.number(from - threshold)
    let far = to.map { Document.number($0 - threshold) }
    return .object([
      ("MetricIntervalLowerBound", isAbove ? near : far), ("MetricIntervalUpperBound", isAbove ? far : near),
      ("ScalingAdjustment", .number(try adjustment.exportedAmount())),
    ])
  }
}

extension Step.Adjustment {
  /// The name of the unit at AWS.
  fileprivate var exportedType: String {
    switch self {
    case .percent: "PercentChangeInCapacity"
    case .change: "ChangeInCapacity"
    case .exact: "ExactCapacity"
    }
  }

  /// Returns the amount, which is a whole number at AWS.
  fileprivate func exportedAmount() throws(ExportError) -> Double {
    switch self {
    case .percent(let percent):
      guard percent == percent.rounded() else {
        throw ExportError("has an adjustment of \(text(percent)) %, but AWS takes whole percentages")
      }
      return percent
    case .change(let count), .exact(let count): return Double(count)
    }
  }
}
