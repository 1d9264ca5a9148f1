/// The pods of an observation, sorted by whether their samples of a metric count.
struct PodGroup {
  /// A sample with what the pod requests.
  struct Sample {
    var usage: Double
    var request: Double
  }

  /// The samples that count.
  private(set) var counted: [Sample] = []
  /// The requests of pods that are not ready, whose samples are set aside.
  private(set) var unready: [Double] = []
  /// The requests of pods without a sample.
  private(set) var missing: [Double] = []
  /// The reason that nothing can be recommended.
  private(set) var failure: MetricFailure?

  private let target: MetricSpec.Target
  private let originalRatio: Double

  /// Sorts the pods of an observation.
  init(of spec: MetricSpec, in observation: Observation, _ autoscaler: HorizontalPodAutoscaler) {
    target = spec.target
    let needsRequests = if case .utilization = spec.target { true } else { false }
    let isCPU = spec.source == .resource && spec.name == cpuResource
    var failure: MetricFailure?
    for pod in observation.pods where pod.phase != .gone {
      let request = pod.requests[spec.name] ?? 0
      if needsRequests && request <= 0 {
        failure = MetricFailure(reason: "a pod requests no \(spec.name)")
      } else if pod.phase == .pending {
        unready.append(request)
      } else if let usage = pod.usage[spec.name] {
        if isCPU && autoscaler.setsAside(pod, at: observation.time) {
          unready.append(request)
        } else {
          counted.append(Sample(usage: usage, request: request))
        }
      } else {
        missing.append(request)
      }
    }
    if counted.isEmpty {
      failure = failure ?? MetricFailure(reason: "no ready pod has a sample of \(spec.name)")
    }
    self.failure = failure
    originalRatio = failure == nil ? Self.level(of: counted, target) / target.number : 1
  }

  /// The level of the metric over its target.
  var ratio: Double { Self.level(of: counted, target) / target.number }

  /// The level of the metric as text.
  var usage: String {
    if case .utilization = target {
      "\(text(Self.level(of: counted, target))) %"
    } else {
      text(Self.level(of: counted, target))
    }
  }

  /// Counts missing samples: as the whole request (or the target, if it is more) when the others say down, as 0 when
  /// they say up.
  mutating func addMissing() {
    for request in missing {
      switch target {
      case .utilization(let percent):
        if originalRatio != 1 {
          let fallback = (request * 1000 * max(100, percent) / 100).rounded(.down) / 1000
          counted.append(Sample(usage: originalRatio < 1 ? fallback : 0, request: request))
        }
      case .average(let value), .value(let value):
        counted.append(Sample(usage: originalRatio < 1 ? value : 0, request: request))
      }
    }
  }

  /// Counts the pods that are not ready as using nothing.
  mutating func addUnready() {
    counted += unready.map { Sample(usage: 0, request: $0) }
  }

  /// Returns the level of a metric: the usage in whole percent of the requests, or the average. Both come from whole
  /// thousandths and are truncated, as in Kubernetes.
  private static func level(of samples: [Sample], _ target: MetricSpec.Target) -> Double {
    let sum = samples.reduce(0) { $0 + ($1.usage * 1000).rounded() }
    switch target {
    case .utilization:
      let requests = samples.reduce(0) { $0 + ($1.request * 1000).rounded() }
      return (sum * 100 / requests).rounded(.towardZero)
    case .average, .value:
      return (sum / Double(samples.count)).rounded(.towardZero) / 1000
    }
  }
}

extension HorizontalPodAutoscaler {
  /// Returns whether the CPU sample of a running pod is set aside because the pod is not ready.
  ///
  /// After the initialization period, a pod that is not ready but once was counts. A pod without times counts as one
  /// that never was ready.
  func setsAside(_ pod: Pod, at time: Double) -> Bool {
    if pod.isReady { return false }
    guard let started = pod.started, let changed = pod.changed else { return true }
    return started + initializationPeriod > time || started + readinessDelay > changed
  }
}

extension MetricSpec.Target {
  /// The target without its meaning.
  var number: Double {
    switch self {
    case .utilization(let number), .average(let number), .value(let number): number
    }
  }
}
