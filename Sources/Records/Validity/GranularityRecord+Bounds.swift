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
    bounds.disturbed(singleDisturbed, of: single, "singleDisturbed")
    bounds.facts(models, "models")
    bounds.each(models, "models")
  }
}

extension GranularityRecord.Model: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(model, "model")
    bounds.each(points, "points") { bounds, point in
      bounds.rounds(point.regions, "regions")
      bounds.disturbed(point.disturbed, of: point.regions, "disturbed")
    }
    bounds.rounds(emptyRegion, "emptyRegion")
    bounds.disturbed(emptyRegionDisturbed, of: emptyRegion, "emptyRegionDisturbed")
    bounds.rounds(emptyChunks, "emptyChunks")
    bounds.disturbed(emptyChunksDisturbed, of: emptyChunks, "emptyChunksDisturbed")
  }
}

extension Bounds {
  /// Checks the times of regions.
  fileprivate mutating func rounds(_ rounds: GranularityRecord.Rounds?, _ name: String) {
    each(rounds, name) { bounds, times in bounds.each(times, "") { $0.amount($1) } }
  }

  /// Checks a number of disturbed rounds.
  fileprivate mutating func disturbed(
    _ count: Int?, of rounds: GranularityRecord.Rounds?, _ name: String
  ) {
    require(count, in: 0...(rounds?.count ?? 0), name)
  }
}
