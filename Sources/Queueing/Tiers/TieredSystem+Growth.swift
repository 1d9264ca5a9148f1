extension TieredSystem {
  /// A stage of growing traffic.
  public struct GrowthStage: Equatable, Sendable {
    /// The multiple of the first rate.
    public let factor: Double
    /// The system that meets the traffic: as the stage before left it.
    public let system: TieredSystem
    /// The changes after which no tier is above the target.
    public let changes: [Remedy]
  }

  /// The greatest multiple of the first rate.
  private static let mostGrowth = 1e6

  /// Returns stages of 1, 2, 5, 10 … times a rate until each tier with work has been the bottleneck, or cannot grow any more.
  ///
  /// - Parameters:
  ///   - rate: Requests per second, above 0.
  ///   - target: The utilization that no tier may exceed, above 0 and at most 1.
  public func growth(from rate: Double, target: Double) -> [GrowthStage] {
    var stages: [GrowthStage] = []
    var system = self
    var waiting = Set(tiers.indices.filter { capacity(of: $0) < .infinity })
    var power = 1.0
    while power <= Self.mostGrowth {
      for digit in [1.0, 2, 5] where digit * power <= Self.mostGrowth {
        let changes = system.changes(for: rate * digit * power, target: target)
        stages.append(GrowthStage(factor: digit * power, system: system, changes: changes ?? []))
        let names = Set((changes ?? []).map(\.tier))
        waiting = waiting.filter { $0 != system.limitingTier && !names.contains(tiers[$0].name) }
        guard !waiting.isEmpty, let changes else { return stages }
        system = changes.last?.system ?? system
      }
      power *= 10
    }
    return stages
  }

  /// Returns the changes after which no tier is above a utilization: more machines, replicas if they are enough, or else shards; `nil`
  /// if no number is.
  func changes(for rate: Double, target: Double) -> [Remedy]? {
    var changes: [Remedy] = []
    var system = self
    while !Self.isEnough(system.capacity, rate, target) {
      guard let change = system.change(of: system.limitingTier, for: rate, target: target) else { return nil }
      changes.append(change)
      system = change.system
    }
    return changes
  }

  private static func isEnough(_ capacity: Double, _ rate: Double, _ target: Double) -> Bool {
    capacity * target * (1 + 1e-12) >= rate
  }

  /// Returns the change with the least count after which a tier is not above a utilization; `nil` if there is none.
  private func change(of index: Int, for rate: Double, target: Double) -> Remedy? {
    let tier = tiers[index]
    let ways: [(kind: Remedy.Kind, count: Int, limit: Int)] =
      tier.kind == .database
      ? [
        (.replicas, tier.replicas, Tier.mostReplicas),
        (.shards, tier.shards, Tier.mostMachines / (1 + tier.replicas)),
      ]
      : [(.instances, tier.instances, Tier.mostMachines)]
    for way in ways {
      func enough(_ count: Int) -> Remedy? {
        changed(index, way.kind, to: count).flatMap {
          Self.isEnough($0.system.capacity(of: index), rate, target) ? $0 : nil
        }
      }
      guard var change = enough(way.limit) else { continue }
      var (low, high) = (way.count, way.limit)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if let found = enough(middle) { (change, high) = (found, middle) } else { low = middle }
      }
      return change
    }
    return nil
  }
}
