import Records

/// How one model scales with one kernel and one schedule, over its numbers of workers.
public struct ModelScaling: Equatable, Sendable {
  /// One of its configurations: only the model, the kernel and the schedule are of interest.
  public let configuration: Configuration
  /// What the laws say of its throughput in every trial that counts. Laws are about cores: numbers of workers over the
  /// effective CPUs are left out.
  public let fit: ScalingFit
  /// What its serial fraction says, for a workload of fixed amount; `nil` for too few numbers of workers.
  public let serialFraction: SerialFractionTrend?

  /// The models in a table that were tried with several numbers of workers, in their order.
  ///
  /// - Parameter cores: The effective CPUs; the laws predict speedups for 2 and 4 times as many.
  static func all(in rows: [ConfigurationAnalysis], cores: Int) -> [ModelScaling] {
    var order: [Configuration] = []
    var groups: [Configuration: [ConfigurationAnalysis]] = [:]
    for row in rows {
      var key = row.configuration
      key.workers = 0
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }.map { ModelScaling($0, cores: cores) }
  }

  private init(_ rows: [ConfigurationAnalysis], cores: Int) {
    configuration = rows[0].configuration
    let samples = rows.filter { !$0.isOversubscribed }.flatMap { row in
      row.measured.trials.map(\.rate).filter { $0 > 0 }.map {
        ScalingSample(workers: Double(row.configuration.workers), throughput: $0)
      }
    }
    fit = ScalingFit(samples, cores: Double(max(1, cores)))
    serialFraction = configuration.upTo == nil ? nil : SerialFractionTrend(rows)
  }
}
