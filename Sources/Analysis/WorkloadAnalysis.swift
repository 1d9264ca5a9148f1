import Records

/// The statistics of one workload of a run.
public struct WorkloadAnalysis: Equatable, Sendable {
  /// The name of the workload.
  public let workload: String
  /// The N of a workload of fixed amount: the one of the first row, and of all but some peers.
  public let upTo: UInt64?
  /// The nanoseconds of a workload of fixed time.
  public let duration: UInt64?
  /// The configurations that were measured, in the order of the plan.
  public let rows: [ConfigurationAnalysis]
  /// The scaling of each model that was measured with several numbers of workers.
  public let scalings: [ModelScaling]

  /// The workloads of a run, in the order of the plan.
  static func all(in run: MeasuredRun) -> [WorkloadAnalysis] {
    var order: [Configuration] = []
    var groups: [Configuration: [ConfigurationAnalysis]] = [:]
    for analysis in run.configurations.compactMap({ ConfigurationAnalysis($0) }) {
      // Peers may have an N of their own; they belong to the same workload all the same.
      var work = analysis.configuration.work
      if work.upTo != nil { work.upTo = 0 }
      if groups[work] == nil { order.append(work) }
      groups[work, default: []].append(analysis)
    }
    return order.compactMap { work in
      groups[work].map { WorkloadAnalysis(work, $0, cores: run.effectiveCPUs) }
    }
  }

  private init(_ work: Configuration, _ rows: [ConfigurationAnalysis], cores: Int) {
    let singles = rows.filter { $0.configuration.model == "single" }
    workload = work.workload
    upTo = rows.first?.configuration.upTo
    duration = work.duration
    self.rows = rows.map { $0.compared(with: singles) }
    scalings = ModelScaling.all(in: self.rows, cores: cores)
  }
}

extension WorkloadAnalysis {
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
    }.filter { $0.measured.intervalOfSpeedup(over: fastest.measured)?.contains(1) ?? false }
  }
}
