import Queueing
import Records

/// A system at a stage of its growth, with its traffic.
public struct SystemStage: Sendable {
  /// The name.
  public var name: String
  /// The users behind the traffic; `nil` if it is not given per user.
  public var users: Double?
  /// The requests per second, above 0.
  public var rate: Double
  /// The tiers, and the part of the requests that are reads.
  public var system: TieredSystem

  /// Creates a stage.
  public init(name: String, users: Double? = nil, rate: Double, system: TieredSystem) {
    (self.name, self.users, self.rate, self.system) = (name, users, rate, system)
  }
}

extension SystemRecord {
  /// Makes the record of stages.
  public init(name: String?, stages: [SystemStage]) {
    self.init(
      name: name, thinkTime: (stages.first?.system.thinkTime ?? 0) * 1e9, isProjected: false,
      stages: stages.map { Stage($0) })
  }

  /// Makes the record of a system whose traffic grows, and which grows with it.
  ///
  /// - Parameter target: The utilization that no tier may exceed.
  public init(name: String?, growing first: SystemStage, target: Double) {
    let stages = first.system.growth(from: first.rate, target: target).map { growth in
      let stage = SystemStage(
        name: "×\(Int(growth.factor))", users: first.users.map { $0 * growth.factor },
        rate: first.rate * growth.factor, system: growth.system)
      var record = Stage(stage)
      record.changes = growth.changes.map { Change($0, rate: stage.rate) }
      return record
    }
    self.init(name: name, thinkTime: first.system.thinkTime * 1e9, isProjected: true, stages: stages)
  }
}

extension SystemRecord.Stage {
  /// The rates of the curve, as parts of the capacity: closer where the response turns.
  private static let parts = [
    0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2,
  ]

  fileprivate init(_ stage: SystemStage) {
    let system = stage.system
    let tiers = system.tiers.indices.map { SystemRecord.Tier(system, $0, rate: stage.rate) }
    self.init(
      name: stage.name, users: stage.users, reads: stage.rate * system.readShare,
      writes: stage.rate * (1 - system.readShare), tiers: tiers, bottleneck: system.bottleneck?.name ?? "",
      capacity: system.capacity,
      capacityWithoutZone: tiers.compactMap(\.capacityWithoutZone).min() ?? 0,
      state: .init(system, rate: stage.rate),
      curve: Self.parts.map { .init(system, rate: $0 * system.capacity) })
    remedies = system.remedies.map { .init($0, rate: stage.rate) }
  }
}

extension SystemRecord.Tier {
  fileprivate init(_ system: TieredSystem, _ index: Int, rate: Double) {
    let tier = system.tiers[index]
    self.init(
      name: tier.name, kind: tier.kind.rawValue, machines: tier.machines, cores: tier.cores, zones: tier.zones
    )
    if tier.kind == .cache { hitRatio = tier.hitRatio }
    if tier.kind == .database { (replicas, shards) = (tier.replicas, tier.shards) }
    reads = rate * system.reads(reaching: index)
    let stations = system.stations(of: index)
    if stations.isEmpty { return }
    demand = stations.reduce(0) { $0 + $1.demand + $1.background } * 1e9
    utilization = rate / system.capacity(of: index)
    (capacity, capacityWithoutZone) = (system.capacity(of: index), system.capacityWithoutZone(of: index))
  }
}

extension SystemRecord.Change {
  fileprivate init(_ remedy: Remedy, rate: Double) {
    self.init(
      kind: remedy.kind.rawValue, tier: remedy.tier, before: remedy.before, after: remedy.after,
      capacity: remedy.system.capacity, bottleneck: remedy.system.bottleneck?.name ?? "",
      response: remedy.system.state(rate: rate).response * 1e9)
  }
}

extension SystemRecord.Point {
  fileprivate init(_ system: TieredSystem, rate: Double) {
    let state = system.state(rate: rate)
    self.init(
      rate: rate, throughput: state.throughput, throughputBound: state.mostThroughput,
      response: state.response * 1e9, responseBound: state.leastResponse * 1e9)
  }
}
