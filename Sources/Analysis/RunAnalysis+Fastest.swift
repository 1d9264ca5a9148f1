import Records

extension RunAnalysis.Table {
  /// The fastest row of those whose configuration is chosen and whose answer is right.
  func fastest(where isChosen: (Configuration) -> Bool) -> ConfigurationAnalysis? {
    let chosen = rows.filter { isChosen($0.configuration) && $0.inexactAnswer == nil }
    // By what speedups are calculated from: the medians of times and of rates may differ about an order.
    let isTimed = chosen.allSatisfy { $0.configuration.upTo == upTo } && upTo != nil
    return isTimed
      ? chosen.min { $0.region.median < $1.region.median } : chosen.max { $0.rate.median < $1.rate.median }
  }

  /// Of each other model of the suite with the same kernel, the fastest row, where the data cannot tell it from the
  /// fastest of all.
  func asFast(as fastest: ConfigurationAnalysis) -> [ConfigurationAnalysis] {
    var seen: Set = [fastest.configuration.model]
    let models = rows.map(\.configuration.model).filter { seen.insert($0).inserted }
    return models.compactMap { model in
      self.fastest {
        $0.model == model && $0.isPeer != true && $0.kernel == fastest.configuration.kernel
      }
    }.filter { $0.intervalOfSpeedup(over: fastest)?.contains(1) ?? false }
  }
}
