/// A service of several tiers at stages of its growth: the capacity of each tier, the bottleneck, and the remedies.
public struct SystemRecord: Codable, Equatable, Sendable {
  /// A tier at a stage.
  public struct Tier: Codable, Equatable, Sendable {
    /// The name.
    public var name: String
    /// The task: `web`, `application`, `cache`, `database` or `queue`.
    public var kind: String
    /// The number of machines.
    public var machines: Int
    /// The cores of a machine.
    public var cores: Int
    /// The zones over which the machines are spread.
    public var zones: Int
    /// The part of the reads that a cache answers; `nil` for other tiers.
    public var hitRatio: Double?
    /// The read replicas of each shard; `nil` for other tiers than databases.
    public var replicas: Int?
    /// The shards; `nil` for other tiers than databases.
    public var shards: Int?
    /// The reads that reach the tier, per second.
    public var reads: Double
    /// The CPU time per request of the system in nanoseconds, over all machines.
    public var demand: Double
    /// The part of the cores that the traffic keeps busy, above 1 if they are not enough.
    public var utilization: Double
    /// The requests of the system per second that keep all cores busy; `nil` if the tier has no work.
    public var capacity: Double?
    /// The capacity after the loss of the zone with most of its machines; `nil` if the tier has no work.
    public var capacityWithoutZone: Double?

    /// Creates a tier without work.
    public init(name: String, kind: String, machines: Int, cores: Int, zones: Int) {
      (self.name, self.kind, self.machines) = (name, kind, machines)
      (self.cores, self.zones) = (cores, zones)
      (reads, demand, utilization) = (0, 0, 0)
    }
  }

  /// A change of the tier that limits a system.
  public struct Change: Codable, Equatable, Sendable {
    /// The kind: `cores`, `instances`, `cache`, `replicas`, `shards` or `queue`.
    public var kind: String
    /// The tier.
    public var tier: String
    /// The count before the change, or the hit ratio of the cache; 0 for a new cache or queue.
    public var before: Double
    /// The count after the change, the hit ratio of the cache, or the workers of the queue.
    public var after: Double
    /// The requests per second that the system can take after the change.
    public var capacity: Double
    /// The bottleneck after the change.
    public var bottleneck: String
    /// The mean response after the change, in nanoseconds.
    public var response: Double

    /// Creates a change.
    public init(
      kind: String, tier: String, before: Double, after: Double, capacity: Double, bottleneck: String,
      response: Double
    ) {
      (self.kind, self.tier, self.before, self.after) = (kind, tier, before, after)
      (self.capacity, self.bottleneck, self.response) = (capacity, bottleneck, response)
    }
  }

  /// The state of a system at a rate, with the bounds of the bottleneck law.
  public struct Point: Codable, Equatable, Sendable {
    /// The requests per second that the users would send if none waited.
    public var rate: Double
    /// The answered requests per second.
    public var throughput: Double
    /// The upper bound of the throughput.
    public var throughputBound: Double
    /// The mean response in nanoseconds.
    public var response: Double
    /// The lower bound of the response.
    public var responseBound: Double

    /// Creates a point.
    public init(
      rate: Double, throughput: Double, throughputBound: Double, response: Double, responseBound: Double
    ) {
      (self.rate, self.throughput, self.throughputBound) = (rate, throughput, throughputBound)
      (self.response, self.responseBound) = (response, responseBound)
    }
  }

  /// A system and its traffic.
  public struct Stage: Codable, Equatable, Sendable {
    /// The name.
    public var name: String
    /// The users behind the traffic; `nil` if it is not given per user.
    public var users: Double?
    /// The reads per second.
    public var reads: Double
    /// The writes per second.
    public var writes: Double
    /// The tiers, in the order in which a request passes them.
    public var tiers: [Tier]
    /// The group of machines that limits the system.
    public var bottleneck: String
    /// The requests per second that all tiers can take.
    public var capacity: Double
    /// The same after the loss of a zone.
    public var capacityWithoutZone: Double
    /// The state at the traffic.
    public var state: Point
    /// The states at multiples of the capacity.
    public var curve: [Point]
    /// The changes of the bottleneck, each with its gain.
    public var remedies: [Change]
    /// The changes after which no tier is above the target, of stages that are projected.
    public var changes: [Change]

    /// The reads and writes per second.
    public var rate: Double { reads + writes }
    /// The part of the bottleneck's cores that the traffic keeps busy, above 1 if they are not enough.
    public var utilization: Double { rate / capacity }

    /// Creates a stage without remedies.
    public init(
      name: String, users: Double?, reads: Double, writes: Double, tiers: [Tier], bottleneck: String,
      capacity: Double, capacityWithoutZone: Double, state: Point, curve: [Point]
    ) {
      (self.name, self.users, self.reads, self.writes) = (name, users, reads, writes)
      (self.tiers, self.bottleneck, self.capacity) = (tiers, bottleneck, capacity)
      (self.capacityWithoutZone, self.state, self.curve) = (capacityWithoutZone, state, curve)
      (remedies, changes) = ([], [])
    }
  }

  /// The name; `nil` if the file has none.
  public var name: String?
  /// The mean time between an answer and the next request of an active user, in nanoseconds.
  public var thinkTime: Double
  /// Whether the stages are multiples of the first traffic, each with the system that the one before left; else the file has them.
  public var isProjected: Bool
  /// The stages.
  public var stages: [Stage]

  /// Creates a system.
  public init(name: String?, thinkTime: Double, isProjected: Bool, stages: [Stage]) {
    (self.name, self.thinkTime, self.isProjected, self.stages) = (name, thinkTime, isProjected, stages)
  }
}
