import Records

/// The scaling of one model, kernel, schedule and placement over its numbers of workers.
public struct ModelScaling: Equatable, Sendable {
  /// One of the configurations; only its model, kernel, schedule and placement matter.
  public let configuration: Configuration
  /// The throughputs of the trials that count.
  public let samples: [ScalingSample]
  /// The laws, fitted to the throughputs; predicted speedups are over `single`, as measured; for a command, over one worker.
  /// Configurations with more workers than physical cores of the fastest kind are left out, because the laws are about cores
  /// that are alike.
  public let fit: ScalingFit
  /// The trend of the serial fraction, for a workload of fixed amount; `nil` for too few numbers of workers.
  public let serialFraction: SerialFractionTrend?

  /// Returns the models that were measured with several numbers of workers, in the order of the rows.
  ///
  /// The laws predict speedups for 2 and 4 times the cores that they are fitted up to (`MeasuredRun.alikeCores`).
  static func all(in rows: [ConfigurationAnalysis], of run: MeasuredRun) -> [ModelScaling] {
    var order: [Configuration] = []
    var groups: [Configuration: [ConfigurationAnalysis]] = [:]
    for row in rows {
      var key = row.configuration
      key.workers = 0
      if key.upTo != nil { key.upTo = 0 }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }.map { group in
      let reference = rows.first {
        $0.configuration.isReference && $0.configuration.referenceName == group[0].configuration.referenceName
      }
      return ModelScaling(
        group, single: reference?.rate.median, cores: run.alikeCores(group[0].configuration.placement).count)
    }
  }

  private init(_ rows: [ConfigurationAnalysis], single: Double?, cores: Int) {
    configuration = rows[0].configuration
    let onCores = rows.filter { row in
      !row.isOversubscribed && (row.configuration.workers <= cores || row.hosts.count > 1)
    }
    samples = onCores.filter { !$0.measured.isDisturbed }.flatMap { row in
      row.measured.trials.map(\.rate).filter { $0 > 0 }.map {
        ScalingSample(workers: Double(row.configuration.workers), throughput: $0)
      }
    }
    // Gustafson's law is about work that grows with the workers.
    let isGrowing = configuration.duration != nil || configuration.command?.isParallel == true
    let candidates = ScalingLaw.allCases.filter { $0 != .gustafson || isGrowing }
    fit = ScalingFit(samples, of: candidates, single: single, cores: Double(max(1, cores)))
    serialFraction = configuration.hasFixedAmount ? SerialFractionTrend(onCores) : nil
  }
}
