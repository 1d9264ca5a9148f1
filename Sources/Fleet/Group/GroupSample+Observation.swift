import Autoscaling
import Records

extension GroupSample {
  /// The sample as a policy sees it. A pod that was never ready is pending.
  public var observation: Observation {
    var metrics: [String: Double] = [:]
    metrics[Metric.utilization] = utilization
    metrics[Metric.requests] = requestsPerInstance
    return Observation(
      time: time, current: current, warming: warming, metrics: metrics, pods: instances.map(\.pod),
      queue: queue, running: running ?? 0)
  }
}

extension GroupSample.Instance {
  /// The instance as the HorizontalPodAutoscaler sees a pod.
  fileprivate var pod: Pod {
    Pod(
      usage: usedCores.map { [cpuResource: $0] } ?? [:], requests: [cpuResource: cores], isReady: isReady,
      phase: isDraining ? .gone : isReady || changed > launched ? .running : .pending, started: launched,
      changed: changed)
  }
}
