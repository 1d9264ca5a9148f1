extension GranularityRecord: Bounded {
  /// The reason that a decoded record is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? { Bounds(self).problem }

  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.name(host, "host")
    bounds.date(startedAt, "startedAt")
    bounds.nested(passport, "passport")
    bounds.count(workers, "workers")
    bounds.rounds(single, "single")
    bounds.facts(models, "models")
    bounds.each(models, "models")
  }
}

extension GranularityRecord.Model: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(model, "model")
    bounds.each(points, "points") { bounds, point in bounds.rounds(point.regions, "regions") }
    bounds.rounds(emptyRegion, "emptyRegion")
    bounds.rounds(emptyChunks, "emptyChunks")
  }
}

extension Bounds {
  /// Checks the times of regions.
  fileprivate mutating func rounds(_ rounds: GranularityRecord.Rounds?, _ name: String) {
    each(rounds, name) { bounds, times in bounds.each(times, "") { $0.amount($1) } }
  }
}
