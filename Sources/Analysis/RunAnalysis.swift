import Records
import Statistics

/// What a run says: a table a workload, what failed, and the fastest.
public struct RunAnalysis: Equatable, Sendable {
  /// The configurations of one workload that were measured, in the order of the plan.
  public struct Table: Equatable, Sendable {
    /// What was computed.
    public let workload: String
    /// The N of a workload of fixed amount: the one of the first row, and of all but some peers.
    public let upTo: UInt64?
    /// The nanoseconds of a workload of fixed time.
    public let duration: UInt64?
    /// What was measured.
    public let rows: [ConfigurationAnalysis]
    /// How the models scale that were tried with several numbers of workers.
    public let scalings: [ModelScaling]
  }

  /// Trials that failed alike.
  public struct Failure: Equatable, Sendable {
    /// What was tried.
    public let configuration: Configuration
    /// Why it failed.
    public let reason: String
    /// How many trials of the configuration failed for this reason.
    public internal(set) var count = 1
  }

  /// The tables, in the order of the plan.
  public let tables: [Table]
  /// What failed, in the order in which it first did.
  public let failures: [Failure]
  /// Of the suite's models with the scalar kernel, the fastest in the first table that has a fixed amount of work,
  /// or in the first of all.
  public let fastest: ConfigurationAnalysis?
  /// The fastest of the suite's models in the same table with other kernels; `nil` where there is none.
  public let fastestWithVectors: ConfigurationAnalysis?
  /// The fastest peer in the same table with the scalar kernel whose answer is right; `nil` where there is none.
  public let fastestPeer: ConfigurationAnalysis?
  /// Of each other model of the suite with the same kernel in the same table, its fastest configuration, where the data
  /// cannot tell it from `fastest`: where the 95 % interval of the ratio of their times in the same rounds contains 1.
  public let asFast: [ConfigurationAnalysis]
  /// Whether the machine got slower or faster; `nil` for too few rounds.
  public let drift: RunDrift?

  /// Analyses a run.
  public init(_ run: RunRecord) {
    let configurations = run.plan.configurations
    let trials = Dictionary(grouping: run.trials, by: \.configuration)
    let analyses = configurations.indices.compactMap { position in
      ConfigurationAnalysis(
        configurations[position], trials[position] ?? [], effectiveCPUs: run.passport.effectiveCPUs)
    }
    tables = Self.tables(of: analyses, cores: run.passport.effectiveCPUs)
    failures = Self.failures(of: run)
    drift = RunDrift(analyses)
    let table = tables.first { $0.upTo != nil } ?? tables.first
    let fastest =
      table?.fastest { $0.isPeer != true && $0.kernel == "scalar" } ?? table?.fastest { $0.isPeer != true }
    self.fastest = fastest
    asFast = fastest.flatMap { table?.asFast(as: $0) } ?? []
    fastestWithVectors = table?.fastest { $0.isPeer != true && $0.kernel != "scalar" }
    fastestPeer = table?.fastest { $0.isPeer == true && $0.kernel == "scalar" }
  }

  /// What failed in a run, in the order in which it first did.
  public static func failures(of run: RunRecord) -> [Failure] {
    let configurations = run.plan.configurations
    var failures: [Failure] = []
    var positions: [Configuration: [String: Int]] = [:]
    for trial in run.trials {
      guard let reason = trial.failure, configurations.indices.contains(trial.configuration) else { continue }
      let configuration = configurations[trial.configuration]
      if let position = positions[configuration]?[reason] {
        failures[position].count += 1
      } else {
        positions[configuration, default: [:]][reason] = failures.count
        failures.append(Failure(configuration: configuration, reason: reason))
      }
    }
    return failures
  }

  private static func tables(of analyses: [ConfigurationAnalysis], cores: Int) -> [Table] {
    var order: [Configuration] = []
    var groups: [Configuration: [ConfigurationAnalysis]] = [:]
    for analysis in analyses {
      // Peers may have an N of their own, and stand in the table of the others all the same.
      var work = analysis.configuration.work
      if work.upTo != nil { work.upTo = 0 }
      if groups[work] == nil { order.append(work) }
      groups[work, default: []].append(analysis)
    }
    return order.compactMap { work in
      groups[work].map { rows in
        let singles = rows.filter { $0.configuration.model == "single" }
        let rows = rows.map { $0.compared(with: singles) }
        return Table(
          workload: work.workload, upTo: rows.first?.configuration.upTo, duration: work.duration, rows: rows,
          scalings: ModelScaling.all(in: rows, cores: cores))
      }
    }
  }
}

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
