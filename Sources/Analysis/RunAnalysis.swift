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

  /// Analyses a run.
  public init(_ run: RunRecord) {
    let configurations = run.plan.configurations
    let trials = Dictionary(grouping: run.trials, by: \.configuration)
    let analyses = configurations.indices.compactMap { position in
      ConfigurationAnalysis(
        configurations[position], trials[position] ?? [], effectiveCPUs: run.passport.effectiveCPUs)
    }
    tables = Self.tables(of: analyses)
    failures = Self.failures(of: run)
    let table = tables.first { $0.upTo != nil } ?? tables.first
    fastest =
      table?.fastest { $0.isPeer != true && $0.kernel == "scalar" } ?? table?.fastest { $0.isPeer != true }
    fastestWithVectors = table?.fastest { $0.isPeer != true && $0.kernel != "scalar" }
    fastestPeer = table?.fastest { $0.isPeer == true && $0.kernel == "scalar" }
  }

  private static func failures(of run: RunRecord) -> [Failure] {
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

  private static func tables(of analyses: [ConfigurationAnalysis]) -> [Table] {
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
        Table(
          workload: work.workload, upTo: rows.first?.configuration.upTo, duration: work.duration,
          rows: withSpeedups(rows))
      }
    }
  }

  /// S(p) = T_single / T(p), where T_single is of the same kernel; and the same over the scalar kernel's.
  private static func withSpeedups(_ rows: [ConfigurationAnalysis]) -> [ConfigurationAnalysis] {
    let singles = rows.filter { $0.configuration.model == "single" }
    let scalar = singles.first { $0.configuration.kernel == "scalar" }
    return rows.map { row in
      var row = row
      let single = singles.first { $0.configuration.kernel == row.configuration.kernel }
      row.speedup = single.flatMap(row.speedup)
      row.overScalar = scalar.flatMap(row.speedup)
      row.losses = single.flatMap(row.losses(beyond:))
      return row
    }
  }
}

extension RunAnalysis.Table {
  /// The fastest row of those whose configuration is chosen and whose answer is right.
  fileprivate func fastest(where isChosen: (Configuration) -> Bool) -> ConfigurationAnalysis? {
    let chosen = rows.filter { isChosen($0.configuration) && $0.inexactAnswer == nil }
    // By what speedups are calculated from: the medians of times and of rates may differ about an order.
    let isTimed = chosen.allSatisfy { $0.configuration.upTo == upTo } && upTo != nil
    return isTimed
      ? chosen.min { $0.region.median < $1.region.median } : chosen.max { $0.rate.median < $1.rate.median }
  }
}

extension ConfigurationAnalysis {
  /// How many times faster than a baseline: the ratio of the median times for the same amount of work, of the
  /// median rates for another amount, or for a fixed time; `nil` where there is none.
  fileprivate func speedup(over baseline: ConfigurationAnalysis) -> Double? {
    if let upTo = configuration.upTo, upTo == baseline.configuration.upTo {
      return region.median > 0 ? baseline.region.median / region.median : nil
    }
    return baseline.rate.median > 0 ? rate.median / baseline.rate.median : nil
  }

  /// Where the core-time went beyond a baseline's, which must have had the same amount of work.
  fileprivate func losses(beyond baseline: ConfigurationAnalysis) -> LossAttribution? {
    guard let upTo = configuration.upTo, upTo == baseline.configuration.upTo, configuration.workers > 1 else {
      return nil
    }
    return LossAttribution(
      reports.keys.sorted().compactMap { round in
        guard let report = reports[round], let single = baseline.reports[round] else { return nil }
        return (report, single)
      })
  }
}
