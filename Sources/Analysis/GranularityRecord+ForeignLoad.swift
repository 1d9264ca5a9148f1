import Records

/// The load of other programs during a sweep.
extension GranularityRecord {
  /// The rounds of one quantity.
  struct Series {
    /// The times.
    let rounds: Rounds
    /// The number of rounds that other programs disturbed; `nil` if it was not recorded.
    let disturbed: Int?
  }

  /// The numbers of disturbed samples and of all samples.
  public var disturbedSamples: (disturbed: Int, of: Int) {
    let all = models.flatMap(\.series) + [Series(rounds: single, disturbed: singleDisturbed)]
    return (all.reduce(0) { $0 + ($1.disturbed ?? 0) }, all.reduce(0) { $0 + $1.rounds.count })
  }

  /// Whether some result is withheld because other programs disturbed too many of its rounds.
  public var withholdsSome: Bool { models.contains { $0.series.contains(where: isWithheld) } }

  /// Whether the METG of a model is withheld because other programs disturbed too many rounds of a grain.
  public func withholdsMETG(of model: Model) -> Bool { model.points.contains { isWithheld($0.series) } }

  /// Whether other programs disturbed half of the rounds or more. With fewer, the median of all rounds lies between
  /// undisturbed ones, whatever the others are.
  ///
  /// A round counts as disturbed if its sample or that of `single` is. The efficiency compares the two; and in a region
  /// that is too short to show foreign load, `single` tells that the machine was busy.
  func isWithheld(_ series: Series) -> Bool {
    let disturbed = (series.disturbed ?? 0) + (singleDisturbed ?? 0)
    return !series.rounds.isEmpty && 2 * disturbed >= series.rounds.count
  }
}

extension GranularityRecord.Point {
  /// The rounds of the grain.
  var series: GranularityRecord.Series { .init(rounds: regions, disturbed: disturbed) }
}

extension GranularityRecord.Model {
  /// The rounds of an empty region; empty if the model has none.
  var emptyRegionSeries: GranularityRecord.Series {
    .init(rounds: emptyRegion ?? [], disturbed: emptyRegionDisturbed)
  }

  /// The rounds of a region of empty chunks; empty if the model has none.
  var emptyChunksSeries: GranularityRecord.Series {
    .init(rounds: emptyChunks ?? [], disturbed: emptyChunksDisturbed)
  }

  /// The rounds of every quantity.
  fileprivate var series: [GranularityRecord.Series] {
    points.map(\.series) + [emptyRegionSeries, emptyChunksSeries]
  }
}
