/// A change of the tier that limits a system.
public struct Remedy: Equatable, Sendable {
  /// The kinds of changes.
  public enum Kind: String, CaseIterable, Sendable {
    /// More cores per machine.
    case cores
    /// More machines.
    case instances
    /// More hits in the cache before the tier, or a new cache there.
    case cache
    /// More read replicas of each shard.
    case replicas
    /// More shards.
    case shards
    /// The work of writes moved to a queue with workers.
    case queue
  }

  /// The kind.
  public let kind: Kind
  /// The name of the tier.
  public let tier: String
  /// The count before the change, or the hit ratio of the cache.
  public let before: Double
  /// The count after the change, or the hit ratio of the cache.
  public let after: Double
  /// The system after the change.
  public let system: TieredSystem
}

extension TieredSystem {
  /// The hit ratio of a cache that is put before a tier.
  private static let newHitRatio = 0.8
  /// The most cores of a machine.
  public static let mostCores = 1024

  /// The changes that can help the tier that limits the system: twice as many cores, machines, replicas (at least two) or shards, half
  /// as many misses or a cache with 80 % hits, and writes moved to a queue with as many workers as they take.
  ///
  /// The machines of a new cache and the work of putting a job into a queue are not counted. No change lowers a capacity.
  public var remedies: [Remedy] {
    let index = limitingTier
    let tier = tiers[index]
    var remedies: [Remedy?] = [changed(index, .cores, to: 2 * tier.cores)]
    switch tier.kind {
    case .database:
      if reads(reaching: index) * tier.read > 0 {
        remedies += [cached(index), changed(index, .replicas, to: max(2, 2 * tier.replicas))]
      }
      remedies.append(changed(index, .shards, to: 2 * tier.shards))
    case .web, .application:
      remedies.append(changed(index, .instances, to: 2 * tier.instances))
      if reads(reaching: index) * tier.read > 0 { remedies.append(cached(index)) }
      remedies.append(queued(index))
    case .cache, .queue: remedies.append(changed(index, .instances, to: 2 * tier.instances))
    }
    return remedies.compactMap(\.self)
  }

  /// Returns the change of a tier's count; `nil` if that is not possible.
  func changed(_ index: Int, _ kind: Remedy.Kind, to count: Int) -> Remedy? {
    var system = self
    let before: Int
    switch kind {
    case .cores: (before, system.tiers[index].cores) = (tiers[index].cores, count)
    case .instances: (before, system.tiers[index].instances) = (tiers[index].instances, count)
    case .replicas: (before, system.tiers[index].replicas) = (tiers[index].replicas, count)
    case .shards: (before, system.tiers[index].shards) = (tiers[index].shards, count)
    case .cache, .queue: return nil
    }
    let tier = system.tiers[index]
    guard tier.cores <= Self.mostCores, tier.replicas <= Tier.mostReplicas,
      tier.machines <= Tier.mostMachines
    else { return nil }
    return Remedy(
      kind: kind, tier: tier.name, before: Double(before), after: Double(count), system: system)
  }

  /// Returns the change that spares a tier reads.
  private func cached(_ index: Int) -> Remedy {
    var system = self
    let tier = tiers[index].name
    if let cache = tiers[..<index].lastIndex(where: { $0.kind == .cache && $0.hitRatio > 0 }) {
      let before = tiers[cache].hitRatio
      system.tiers[cache].hitRatio = 1 - (1 - before) / 2
      return Remedy(
        kind: .cache, tier: tiers[cache].name, before: before, after: system.tiers[cache].hitRatio,
        system: system)
    }
    var cache = Tier("new cache", .cache, read: 0, write: 0)
    cache.hitRatio = Self.newHitRatio
    system.tiers.insert(cache, at: index)
    return Remedy(kind: .cache, tier: tier, before: 0, after: cache.hitRatio, system: system)
  }

  /// Returns the change that moves the work of writes from a tier to workers with the same cores; `nil` if there is none.
  private func queued(_ index: Int) -> Remedy? {
    let tier = tiers[index]
    guard tier.write > 0, readShare < 1 else { return nil }
    var workers = Tier("\(tier.name) workers", .queue, read: 0, write: tier.write)
    workers.cores = tier.cores
    var system = self
    system.tiers[index].write = 0
    // With no other work anywhere, as many workers as machines that did it before.
    let capacity = system.stations.isEmpty ? self.capacity : system.capacity
    let count = (capacity * (1 - readShare) * tier.write / Double(tier.cores) * (1 - 1e-12)).rounded(.up)
    guard count <= Double(Tier.mostMachines) else { return nil }
    workers.instances = max(1, Int(count))
    system.tiers.append(workers)
    return Remedy(
      kind: .queue, tier: tier.name, before: 0, after: Double(workers.instances), system: system)
  }
}
