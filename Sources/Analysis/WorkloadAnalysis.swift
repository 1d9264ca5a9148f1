import Records

/// The statistics of one workload of a run.
public struct WorkloadAnalysis: Equatable, Sendable {
  /// The name of the workload.
  public let workload: String
  /// The N of a workload of fixed amount: that of the first row, and of all other rows except some peers.
  public let upTo: UInt64?
  /// The duration of a workload of fixed time, in nanoseconds.
  public let duration: UInt64?
  /// The measured configurations, in the order of the plan.
  public let rows: [ConfigurationAnalysis]
  /// The scaling of each model that was measured with several numbers of workers.
  public let scalings: [ModelScaling]

  /// Returns the workloads of a run, in the order of the plan.
  static func all(in run: MeasuredRun) -> [WorkloadAnalysis] {
    var order: [Configuration] = []
    var groups: [Configuration: [ConfigurationAnalysis]] = [:]
    for analysis in run.configurations.compactMap({ ConfigurationAnalysis($0) }) {
      // Peers may have their own N, but belong to the same workload.
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
  /// Returns the fastest row with a chosen configuration and a right answer.
  func fastest(where isChosen: (Configuration) -> Bool) -> ConfigurationAnalysis? {
    let chosen = rows.filter { isChosen($0.configuration) && $0.inexactAnswer == nil }
    // Ordered by the quantity behind the speedups: the medians of times and of rates may disagree about an order.
    let isTimed = chosen.allSatisfy { $0.configuration.upTo == upTo } && upTo != nil
    return isTimed
      ? chosen.min { $0.region.median < $1.region.median } : chosen.max { $0.rate.median < $1.rate.median }
  }

  /// Returns the fastest row of each other model of the suite with the same kernel that is statistically tied with the
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
