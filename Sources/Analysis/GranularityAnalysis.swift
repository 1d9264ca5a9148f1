import Records
import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension GranularityRecord {
  /// Returns the record with a summary of its samples.
  ///
  /// The efficiency is the median over the rounds of T_single / (workers · T), with the steady-state time of each
  /// trial. What other programs disturbed too often is withheld (`isWithheld`), and METG with any grain, which might
  /// have been the smallest efficient one.
  public func summarised() -> GranularityRecord {
    var record = self
    record.summary = models.map(summary)
    return record
  }

  private func summary(of model: Model) -> Summary {
    let points = model.points.filter { !isWithheld($0.series) }.compactMap(summary)
    let (region, chunks) = (known(model.emptyRegionSeries), known(model.emptyChunksSeries))
    return Summary(
      model: model.model, points: points,
      metg: withholdsMETG(of: model) ? nil : minimumEffectiveGranularity(points, at: 0.5),
      firstEmptyRegion: median(region.compactMap { $0.first.map { Double($0) } }),
      emptyRegion: median(steadyTimes(region)),
      emptyChunk: median(steadyTimes(chunks)).flatMap { time in
        model.emptyChunkCount.map { time * Double(workers) / Double($0) }
      })
  }

  /// Returns the rounds of a series; none if the series is withheld.
  private func known(_ series: Series) -> Rounds { isWithheld(series) ? [] : series.rounds }

  private func summary(of point: Point) -> Summary.Point? {
    let baselines = steadyTimes(single)
    let efficiencies = zip(baselines, steadyTimes(point.regions)).filter { $1 > 0 }.map { baseline, time in
      baseline / (Double(workers) * time)
    }
    guard let efficiency = median(efficiencies), let baseline = median(baselines) else { return nil }
    let grainTime = Double(point.grain) * baseline / (Double(upTo) + 1)
    return .init(grain: point.grain, grainTime: grainTime, efficiency: efficiency)
  }

  private func steadyTimes(_ rounds: Rounds) -> [Double] {
    rounds.compactMap { steadyState($0) }
  }
}

/// Returns the METG in nanoseconds: the core time of the smallest chunk that reaches a given efficiency (minimum
/// effective task granularity: Slaughter et al., "Task Bench", SC20).
///
/// Between the smallest chunk that reaches the efficiency and the next smaller one, the efficiency is taken to be
/// linear in the logarithm of the chunk size.
///
/// - Parameters:
///   - points: Efficiencies by grain, from large chunks to small ones.
///   - efficiency: The efficiency, such as 0.5.
/// - Returns: `nil` if no chunk reaches the efficiency, or if even the smallest does, so that the limit was not found.
func minimumEffectiveGranularity(
  _ points: [GranularityRecord.Summary.Point], at efficiency: Double
) -> Double? {
  guard let last = points.lastIndex(where: { $0.efficiency >= efficiency }), last + 1 < points.count else {
    return nil
  }
  let (above, below) = (points[last], points[last + 1])
  let part = (above.efficiency - efficiency) / (above.efficiency - below.efficiency)
  return above.grainTime * pow(below.grainTime / above.grainTime, part)
}
