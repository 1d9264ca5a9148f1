/// A service of several tiers, in the order in which a request passes them.
public struct TieredSystem: Equatable, Sendable {
  /// The tiers. The hits of a cache spare all tiers after it.
  public var tiers: [Tier]
  /// The part of the requests that are reads; the others are writes.
  public var readShare: Double
  /// The mean time between an answer and the next request of an active user, in seconds.
  public var thinkTime: Double

  /// Makes a system; `nil` without work for any tier, and for values out of range.
  ///
  /// - Parameters:
  ///   - readShare: From 0 to 1.
  ///   - thinkTime: Above 0.
  public init?(_ tiers: [Tier], readShare: Double, thinkTime: Double) {
    guard 0...1 ~= readShare, thinkTime > 0, thinkTime.isFinite else { return nil }
    (self.tiers, self.readShare, self.thinkTime) = (tiers, readShare, thinkTime)
    if stations.isEmpty { return nil }
  }

  /// Returns the reads that reach a tier, per request of the system.
  public func reads(reaching index: Int) -> Double {
    tiers[..<index].reduce(readShare) { $1.kind == .cache ? $0 * (1 - $1.hitRatio) : $0 }
  }

  /// Returns the groups of machines of a tier.
  public func stations(of index: Int) -> [TierStation] {
    tiers[index].stations(reads: reads(reaching: index), writes: 1 - readShare)
  }

  /// The groups of machines of all tiers.
  var stations: [TierStation] { tiers.indices.flatMap { stations(of: $0) } }

  /// Returns the requests of the system per second that a tier can take; infinite if it has no work.
  public func capacity(of index: Int) -> Double { stations(of: index).map(\.capacity).min() ?? .infinity }

  /// The index of the tier that limits the system.
  public var limitingTier: Int {
    tiers.indices.min { capacity(of: $0) < capacity(of: $1) } ?? 0
  }

  /// The group of machines that limits the system, the first of several.
  public var bottleneck: TierStation? { stations.min { $0.capacity < $1.capacity } }

  /// The requests per second that all tiers can take: X ≤ 1 / max D.
  public var capacity: Double { bottleneck?.capacity ?? .infinity }

  /// Returns the requests of the system per second that a tier can take after the loss of a zone; 0 if nothing is left of it.
  public func capacityWithoutZone(of index: Int) -> Double {
    if stations(of: index).isEmpty { return .infinity }
    guard let tier = tiers[index].withoutZone else { return 0 }
    var system = self
    system.tiers[index] = tier
    return system.capacity(of: index)
  }
}
