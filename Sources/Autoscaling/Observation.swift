/// The state of a group of instances at one time, and the samples that policies see.
public struct Observation: Codable, Equatable, Sendable {
  /// The time in seconds since an origin that the caller chooses.
  public var time: Double
  /// The desired capacity in force: instances in service and starting, without those that drain.
  public var current: Int
  /// The instances that count as capacity but are still warming up, so that the metrics leave them out.
  public var warming: Int
  /// The group's metrics by name, of the period that ends now; one that could not be had is absent.
  ///
  /// `Metric.utilization` is the average over warm instances in percent. Others are what their policy says.
  public var metrics: [String: Double]
  /// The samples of each instance, for policies that look at instances one by one.
  public var pods: [Pod]
  /// The jobs or messages that wait; `nil` if unknown.
  public var queue: Double?
  /// The jobs that have not finished.
  public var running: Int
  /// The unfinished jobs whose instance does not run yet.
  public var pending: Int

  /// Creates an observation.
  public init(
    time: Double, current: Int, warming: Int = 0, metrics: [String: Double] = [:], pods: [Pod] = [],
    queue: Double? = nil, running: Int = 0, pending: Int = 0
  ) {
    self.time = time
    self.current = current
    self.warming = warming
    self.metrics = metrics
    self.pods = pods
    self.queue = queue
    self.running = running
    self.pending = pending
  }
}

/// The samples of one instance, as the HorizontalPodAutoscaler sees a pod.
public struct Pod: Codable, Equatable, Sendable {
  /// The part of its life that an instance is in.
  public enum Phase: String, Codable, Sendable {
    /// Scheduled or starting.
    case pending = "Pending"
    /// Running, ready or not.
    case running = "Running"
    /// Ended, or being deleted: no longer counted.
    case gone = "Failed"
  }

  /// The part of its life that the pod is in.
  public var phase: Phase
  /// Whether it passes its readiness probe.
  public var isReady: Bool
  /// The time of its start in seconds, on the observation's clock; `nil` if unknown.
  public var started: Double?
  /// The time in seconds when it last became ready or not ready; `nil` if unknown.
  public var changed: Double?
  /// The used amount of each resource, and its other metrics, by name; a sample that is missing is absent.
  public var usage: [String: Double]
  /// The requested amount of each resource, in the unit of `usage`.
  public var requests: [String: Double]

  /// Creates a pod.
  public init(
    usage: [String: Double] = [:], requests: [String: Double] = [:], isReady: Bool = true,
    phase: Phase = .running, started: Double? = nil, changed: Double? = nil
  ) {
    self.phase = phase
    self.isReady = isReady
    self.started = started
    self.changed = changed
    self.usage = usage
    self.requests = requests
  }
}
