extension SystemRecord: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.quantity(thinkTime, "thinkTime")
    bounds.facts(stages, "stages")
    bounds.each(stages, "stages")
  }
}

extension SystemRecord.Stage: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.name(bottleneck, "bottleneck")
    let quantities: [(String, Double?)] = [
      ("users", users), ("reads", reads), ("writes", writes), ("capacity", capacity),
      ("capacityWithoutZone", capacityWithoutZone),
    ]
    for (name, quantity) in quantities { bounds.quantity(quantity, name) }
    bounds.facts(tiers, "tiers")
    bounds.each(tiers, "tiers")
    bounds.nested(state, "state")
    bounds.facts(curve, "curve")
    bounds.each(curve, "curve")
    bounds.facts(remedies, "remedies")
    bounds.each(remedies, "remedies")
    bounds.facts(changes, "changes")
    bounds.each(changes, "changes")
  }
}

extension SystemRecord.Tier: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.name(kind, "kind")
    let counts: [(String, Int?)] = [
      ("machines", machines), ("cores", cores), ("zones", zones), ("replicas", replicas), ("shards", shards),
    ]
    for (name, count) in counts { bounds.count(count, name) }
    bounds.require(hitRatio, in: 0...1, "hitRatio")
    let quantities: [(String, Double?)] = [
      ("reads", reads), ("demand", demand), ("utilization", utilization), ("capacity", capacity),
      ("capacityWithoutZone", capacityWithoutZone),
    ]
    for (name, quantity) in quantities { bounds.quantity(quantity, name) }
  }
}

extension SystemRecord.Change: Bounded {
  func check(_ bounds: inout Bounds) {
    for (text, name) in [(kind, "kind"), (tier, "tier"), (bottleneck, "bottleneck")] {
      bounds.name(text, name)
    }
    let quantities: [(String, Double?)] = [
      ("before", before), ("after", after), ("capacity", capacity), ("response", response),
    ]
    for (name, quantity) in quantities { bounds.quantity(quantity, name) }
  }
}

extension SystemRecord.Point: Bounded {
  func check(_ bounds: inout Bounds) {
    let quantities: [(String, Double?)] = [
      ("rate", rate), ("throughput", throughput), ("throughputBound", throughputBound),
      ("response", response), ("responseBound", responseBound),
    ]
    for (name, quantity) in quantities { bounds.quantity(quantity, name) }
  }
}
