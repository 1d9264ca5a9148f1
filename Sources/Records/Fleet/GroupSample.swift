/// The observation behind a decision: the measurements that a fleet's control loop gave to its policy.
public struct GroupSample: Codable, Equatable, Sendable {
  /// An instance.
  public struct Instance: Codable, Equatable, Sendable {
    /// Its name.
    public var name: String
    /// The cores that it used over the period; `nil` if it was not in service throughout.
    public var usedCores: Double?
    /// The cores that it may use: its share.
    public var cores: Double
    /// Whether it is in service.
    public var isReady: Bool
    /// Whether it drains.
    public var isDraining: Bool
    /// The time of its launch in the policy's seconds.
    public var launched: Double
    /// The time at which it last became ready or not ready.
    public var changed: Double

    /// Creates an instance.
    public init(
      name: String, usedCores: Double?, cores: Double, isReady: Bool, isDraining: Bool, launched: Double,
      changed: Double
    ) {
      (self.name, self.usedCores, self.cores) = (name, usedCores, cores)
      (self.isReady, self.isDraining) = (isReady, isDraining)
      (self.launched, self.changed) = (launched, changed)
    }
  }

  /// The time in the policy's seconds since the start: wall time times the time scale.
  public var time: Double
  /// The desired instances in force.
  public var current: Int
  /// The instances that count as capacity but are still warming up.
  public var warming: Int
  /// The mean utilization of warm instances in percent of their shares; `nil` if there is none.
  public var utilization: Double?
  /// The requests per wall second and warm instance; `nil` if there is none.
  public var requestsPerInstance: Double?
  /// The jobs that wait; `nil` without a queue.
  public var queue: Double?
  /// The jobs that have not finished; `nil` without a queue.
  public var running: Int?
  /// The instances, draining ones too.
  public var instances: [Instance]

  /// Creates a sample.
  public init(
    time: Double, current: Int, warming: Int, utilization: Double?, requestsPerInstance: Double?,
    queue: Double? = nil,
    running: Int? = nil, instances: [Instance] = []
  ) {
    (self.time, self.current, self.warming) = (time, current, warming)
    (self.utilization, self.requestsPerInstance) = (utilization, requestsPerInstance)
    (self.queue, self.running, self.instances) = (queue, running, instances)
  }
}
