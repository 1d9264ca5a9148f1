import Records
import Statistics

/// What a run says: a table a workload, what failed, and the fastest.
public struct RunAnalysis: Equatable, Sendable {
  /// The configurations of one workload and kernel that were measured, in the order of the plan.
  public struct Table: Equatable, Sendable {
    /// What was computed.
    public let workload: String
    /// The inner loop that computed it.
    public let kernel: String
    /// The N of a workload of fixed amount.
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
  /// The configuration with the shortest time in the first table that has a fixed amount of work, or with the
  /// highest rate in the first of all.
  public let fastest: ConfigurationAnalysis?

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
    // By what speedups are calculated from: the medians of times and of rates may differ about an order.
    fastest =
      table?.upTo != nil
      ? table?.rows.min { $0.region.median < $1.region.median }
      : table?.rows.max { $0.rate.median < $1.rate.median }
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
      var work = analysis.configuration.work
      work.kernel = analysis.configuration.kernel
      if groups[work] == nil { order.append(work) }
      groups[work, default: []].append(analysis)
    }
    return order.map { work in
      Table(
        workload: work.workload, kernel: work.kernel, upTo: work.upTo, duration: work.duration,
        rows: withSpeedups(groups[work] ?? []))
    }
  }

  /// S(p) = T_single / T(p), with the medians of the rates: for a fixed amount of work that is the ratio of
  /// the median times, for a fixed time the ratio of what got done in it.
  private static func withSpeedups(_ rows: [ConfigurationAnalysis]) -> [ConfigurationAnalysis] {
    let baseline = rows.first { $0.configuration.model == "single" }
    return rows.map { row in
      var row = row
      row.speedup = baseline.flatMap { baseline in
        if row.configuration.upTo != nil {
          return row.region.median > 0 ? baseline.region.median / row.region.median : nil
        }
        return baseline.rate.median > 0 ? row.rate.median / baseline.rate.median : nil
      }
      return row
    }
  }
}
