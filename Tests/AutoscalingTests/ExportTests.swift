import Autoscaling
import Testing

@Suite("Policies for other engines")
struct ExportTests {
  /// Returns an error's text, or `nil` if the policy was exported.
  private func problem(_ policy: Policy, _ format: ExportFormat) -> String? {
    do throws(ExportError) {
      _ = try policy.exported(as: format)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("a HorizontalPodAutoscaler is written as autoscaling/v2")
  func autoscaler() throws {
    let specs = [
      MetricSpec.cpu(50), MetricSpec(.pods, "qps", .average(0.5)), MetricSpec(.object, "rate", .value(2000)),
      MetricSpec(.external, "true", .average(30)),
    ]
    let behavior = ScalingBehavior(
      scaleUp: .init(
        stabilizationWindow: 0, select: .min, policies: [.init(.pods, 4, per: 15)], tolerance: 0.05))
    let policy = Policy(
      .hpa(HorizontalPodAutoscaler(specs, behavior: behavior, tolerance: 0.2)),
      bounds: Bounds(min: 2, max: 20))
    let text = try policy.exported(as: .hpa)
    #expect(
      text == """
        # The tolerance is a flag of the controller: --horizontal-pod-autoscaler-tolerance=0.2
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: scaleup
        spec:
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: scaleup
          minReplicas: 2
          maxReplicas: 20
          metrics:
          - type: Resource
            resource:
              name: cpu
              target:
                type: Utilization
                averageUtilization: 50
          - type: Pods
            pods:
              metric:
                name: qps
              target:
                type: AverageValue
                averageValue: "0.5"
          - type: Object
            object:
              describedObject:
                apiVersion: v1
                kind: Service
                name: scaleup
              metric:
                name: rate
              target:
                type: Value
                value: "2000"
          - type: External
            external:
              metric:
                name: "true"
              target:
                type: AverageValue
                averageValue: "30"
          behavior:
            scaleUp:
              stabilizationWindowSeconds: 0
              selectPolicy: Min
              tolerance: "0.05"
              policies:
              - type: Pods
                value: 4
                periodSeconds: 15
            scaleDown:
              stabilizationWindowSeconds: 300
              selectPolicy: Max
              policies:
              - type: Percent
                value: 100
                periodSeconds: 15

        """)
  }

  @Test("a queue policy is written as a ScaledObject, one for jobs as a ScaledJob")
  func keda() throws {
    let rule = ScaledObject(threshold: 10, activation: 50, metricType: .value, cooldown: 60)
    #expect(
      try Policy(.keda(rule)).exported(as: .keda) == """
        # Any trigger that reports a length serves in place of rabbitmq.
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: scaleup
        spec:
          scaleTargetRef:
            name: scaleup
          pollingInterval: 30
          cooldownPeriod: 60
          minReplicaCount: 0
          maxReplicaCount: 100
          triggers:
          - type: rabbitmq
            metricType: Value
            metadata:
              queueName: jobs
              hostFromEnv: RABBITMQ_URL
              mode: QueueLength
              value: "10"
              activationValue: "50"

        """)
    let job = try Policy(.kedaJob(ScaledJob(.custom, queueLengthDeduction: 1, runningJobShare: 0.5)))
      .exported(as: .keda)
    #expect(job.contains("kind: ScaledJob") && job.contains("customScalingRunningJobPercentage: \"0.5\""))
  }

  @Test("steps are written relative to the threshold of an alarm for each side")
  func steps() throws {
    let preset = try #require(Policy.preset(named: "step"))
    let policy = Policy(preset.rule, name: "cpu", bounds: Bounds(min: 1, max: 9), initial: 2)
    let text = try policy.exported(as: .asg)
    #expect(text.contains("\"MinSize\": 1") && text.contains("\"DesiredCapacity\": 2"))
    let below = """
            {
              "AutoScalingGroupName": "scaleup",
              "PolicyName": "cpu-below",
              "PolicyType": "StepScaling",
              "AdjustmentType": "PercentChangeInCapacity",
              "EstimatedInstanceWarmup": 300,
              "MetricAggregationType": "Average",
              "StepAdjustments": [
                {
                  "MetricIntervalLowerBound": -10,
                  "MetricIntervalUpperBound": 0,
                  "ScalingAdjustment": -10
                },
                {
                  "MetricIntervalUpperBound": -10,
                  "ScalingAdjustment": -30
                }
              ]
            }
      """
    #expect(
      text.contains(below.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n")), "\(text)")
    #expect(text.contains("\"Threshold\": 60") && text.contains("\"Threshold\": 40"))
  }

  @Test("AWS counts requests per minute")
  func requests() throws {
    let rule = TargetTracking(target: 100, metric: Metric.requests)
    let text = try Policy(.targetTracking(rule), bounds: Bounds(max: 9)).exported(as: .asg)
    #expect(text.contains("\"TargetValue\": 6000") && text.contains("ALBRequestCountPerTarget"))
  }

  @Test("what an engine does not have is refused with the remedy")
  func refused() throws {
    let tracking = Policy(.targetTracking(TargetTracking(target: 50)))
    #expect(problem(tracking, .hpa)?.contains("try --export asg") == true)
    #expect(problem(tracking, .asg)?.contains("add --max") == true)
    let autoscaler = Policy(.hpa(HorizontalPodAutoscaler([.cpu(50)])), bounds: Bounds(min: 0, max: 5))
    #expect(problem(autoscaler, .hpa)?.contains("add --min 1") == true)
    #expect(problem(autoscaler, .keda)?.contains("try --export hpa") == true)
    let limits = Bounds(max: 9)
    let own = TargetTracking(target: 50, scaleOut: Alarm(periods: 1))
    #expect(problem(Policy(.targetTracking(own), bounds: limits), .asg)?.contains("alarms") == true)
    let odd = StepScaling(steps: [Step(from: 60, isAbove: true, .percent(2.5))])
    #expect(problem(Policy(.step(odd), bounds: limits), .asg)?.contains("2.5 %") == true)
    let once = ScheduledScaling(actions: [.init(at: 60, desired: 3)])
    #expect(problem(Policy(.scheduled(once), bounds: limits), .asg)?.contains("86400") == true)
  }

  @Test("names from a file stay strings of JSON and YAML")
  func hostileNames() throws {
    let name = "a\": 1}\n# \u{7}\\"
    let tracking = Policy(
      .targetTracking(TargetTracking(target: 5, metric: name)), name: name, bounds: Bounds(max: 9))
    #expect(try tracking.exported(as: .asg).contains("\"a\\\": 1}\\u000a# \\u0007\\\\\""))
    let autoscaler = HorizontalPodAutoscaler([MetricSpec(.external, name, .average(1))])
    let text = try Policy(.hpa(autoscaler), bounds: Bounds(max: 9)).exported(as: .hpa)
    #expect(text.contains("name: \"a\\\": 1}\\u000a# \\u0007\\\\\""))
  }
}
