import Records
import Statistics

extension ComparisonRecord {
  /// The comparison with rows that say the same folded into one: the gains of models whose intervals overlap, and the changes of
  /// a workload if none is significant.
  var folded: ComparisonRecord {
    var folded = self
    folded.gains = Self.folded(
      gains, by: { [$0.configuration.workName, $0.configuration.kernel, "\($0.run)"] }
    ) {
      Self.merged($0)
    }
    folded.changes = Self.folded(
      changes, by: { [$0.configuration.workName, $0.configuration.kernel, "\($0.run)"] }
    ) {
      Self.merged($0)
    }
    return folded
  }

  /// Returns rows with each group that can be merged as one, at the place of its first row.
  private static func folded<Row>(_ rows: [Row], by key: (Row) -> [String], merge: ([Row]) -> Row?) -> [Row] {
    var order: [[String]] = []
    var groups: [[String]: [Row]] = [:]
    for row in rows {
      if groups[key(row)] == nil { order.append(key(row)) }
      groups[key(row), default: []].append(row)
    }
    return order.flatMap { key -> [Row] in
      let group = groups[key] ?? []
      return group.count > 1 ? merge(group).map { [$0] } ?? group : group
    }
  }

  /// Returns the gains of one kind of work as one; `nil` if they differ.
  private static func merged(_ gains: [Gain]) -> Gain? {
    let ratios = gains.map(\.gain)
    guard var merged = gains.first, areAlike(ratios), let gain = hull(ratios),
      gains.allSatisfy({ $0.configuration.command == nil && $0.workers == merged.workers })
    else { return nil }
    merged.configuration.model = "all \(gains.count) models"
    (merged.configuration.schedule, merged.configuration.placement) = (nil, nil)
    merged.gain = gain
    merged.efficiency = hull(gains.compactMap(\.efficiency))
    merged.throughputs = (0..<2).compactMap { side in
      median(gains.compactMap { $0.throughputs.indices.contains(side) ? $0.throughputs[side] : nil })
    }
    if gains.allSatisfy({ $0.workForMoney?.count == 2 }) {
      merged.workForMoney = (0..<2).compactMap { side in median(gains.compactMap { $0.workForMoney?[side] }) }
    }
    return merged
  }

  /// Returns the changes of one workload as one; `nil` if some is significant or has no interval.
  private static func merged(_ changes: [Change]) -> Change? {
    let times = changes.map(\.time)
    guard var merged = changes.first, changes.count > 2, changes.allSatisfy({ $0.finding == nil }),
      times.allSatisfy({ $0.lower != nil }), let time = hull(times)
    else { return nil }
    merged.configuration.model = "all \(changes.count) configurations"
    if Set(changes.map(\.configuration.workers)).count > 1 { merged.configuration.workers = 0 }
    (merged.configuration.schedule, merged.configuration.placement) = (nil, nil)
    merged.time = time
    merged.efficiency = hull(changes.compactMap(\.efficiency))
    merged.utilization = hull(changes.compactMap(\.utilization))
    merged.energy = hull(changes.compactMap(\.energy))
    return merged
  }

  /// Whether the intervals of ratios have a value in common.
  private static func areAlike(_ ratios: [Ratio]) -> Bool {
    let (lowers, uppers) = (ratios.compactMap(\.lower), ratios.compactMap(\.upper))
    guard lowers.count == ratios.count, uppers.count == ratios.count, let most = lowers.max(),
      let least = uppers.min()
    else { return false }
    return most <= least
  }

  /// Returns the median of ratios with the interval that covers all of theirs; `nil` without ratios.
  private static func hull(_ ratios: [Ratio]) -> Ratio? {
    median(ratios.map(\.value)).map {
      Ratio(value: $0, lower: ratios.compactMap(\.lower).min(), upper: ratios.compactMap(\.upper).max())
    }
  }
}
