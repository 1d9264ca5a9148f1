/// A part of a service with one task, on machines of its own: a web server, a cache, a database.
public struct Tier: Equatable, Sendable {
  /// The tasks of tiers.
  public enum Kind: String, CaseIterable, Sendable {
    /// Accepts requests.
    case web
    /// Computes answers.
    case application
    /// Answers a part of the reads, which go no further.
    case cache
    /// Keeps data: on a primary per shard, which takes all writes, and on read replicas, which take all reads.
    case database
    /// Keeps jobs for workers; no request waits for their end.
    case queue
  }

  /// The most replicas of a primary, as in Amazon Aurora.
  public static let mostReplicas = 15
  /// The most machines of a tier.
  public static let mostMachines = 1_000_000
  /// The CPU time per request below which a tier counts as without work, in seconds: a femtosecond.
  private static let leastDemand = 1e-15

  /// The name.
  public var name: String
  /// The task.
  public var kind: Kind
  /// The CPU time of a read that reaches the tier, in seconds.
  public var read: Double
  /// The CPU time of a write, in seconds.
  public var write: Double
  /// The machines; those of a database follow from its shards and replicas.
  public var instances = 1
  /// The cores of a machine.
  public var cores = 1
  /// The zones over which the machines are spread.
  public var zones = 1
  /// The part of the reads that a cache answers.
  public var hitRatio = 0.0
  /// The read replicas of each shard of a database.
  public var replicas = 0
  /// The parts into which a database divides its data.
  public var shards = 1
  /// The CPU time with which a replica repeats a write, in seconds, at most `write`; `nil` if it is that of the write.
  public var replicaWrite: Double?

  /// Makes a tier of one machine with one core.
  public init(_ name: String, _ kind: Kind, read: Double, write: Double) {
    (self.name, self.kind, self.read, self.write) = (name, kind, read, write)
  }

  /// The number of machines.
  public var machines: Int { kind == .database ? shards * (1 + replicas) : instances }

  /// The tier after the loss of the zone that holds most of its machines; `nil` if none is left. A database loses copies of each shard,
  /// and one that is left becomes the primary.
  public var withoutZone: Tier? {
    let copies = kind == .database ? 1 + replicas : instances
    let left = copies - (copies + zones - 1) / zones
    guard left > 0 else { return nil }
    var tier = self
    if kind == .database { tier.replicas = left - 1 } else { tier.instances = left }
    return tier
  }

  /// Returns the groups of equal machines that share the tier's work, without those that have none.
  ///
  /// - Parameters:
  ///   - reads: The reads that reach the tier, per request of the system.
  ///   - writes: The writes, per request of the system.
  func stations(reads: Double, writes: Double) -> [TierStation] {
    let (reading, writing) = (reads * read, writes * write)
    let stations: [TierStation]
    switch kind {
    case .web, .application, .cache:
      stations = [TierStation(name, instances, cores, demand: reading + writing)]
    case .queue:
      stations = [TierStation(name, instances, cores, demand: 0, background: reading + writing)]
    case .database where replicas == 0:
      stations = [TierStation(name, shards, cores, demand: reading + writing)]
    case .database:
      let repeated = Double(replicas) * writes * (replicaWrite ?? write)
      stations = [
        TierStation("\(name) primary", shards, cores, demand: writing),
        TierStation("\(name) replicas", shards * replicas, cores, demand: reading, background: repeated),
      ]
    }
    return stations.filter { $0.demand + $0.background > Self.leastDemand }
  }
}

/// A group of equal machines that share work evenly, at random.
public struct TierStation: Equatable, Sendable {
  /// The name of the tier, with the part of it that this is.
  public let name: String
  /// The number of machines.
  public let machines: Int
  /// The cores of a machine.
  public let cores: Int
  /// The CPU time per request of the system for which the request waits, in seconds.
  public let demand: Double
  /// The CPU time per request of the system for which no request waits, in seconds: writes that replicas repeat, jobs of a queue.
  public let background: Double

  init(_ name: String, _ machines: Int, _ cores: Int, demand: Double, background: Double = 0) {
    (self.name, self.machines, self.cores) = (name, machines, cores)
    (self.demand, self.background) = (demand, background)
  }

  /// The requests of the system per second that keep all cores busy, m / D: the bottleneck law (Denning and Buzen, "The Operational
  /// Analysis of Queueing Network Models", Computing Surveys 10 (1978)).
  public var capacity: Double { Double(machines) * Double(cores) / (demand + background) }

  /// Returns the mean time that a request spends here: each machine is a queue M/M/c that gets an equal part of the requests.
  ///
  /// - Parameter rate: Requests of the system per second.
  func residence(rate: Double) -> Double {
    if demand == 0 { return 0 }
    let load = rate * (demand + background) / Double(machines)
    guard let queue = MultiServerQueue(servers: cores, load: load) else { return .infinity }
    return demand * queue.meanResponse
  }
}
