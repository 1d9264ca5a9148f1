import Records

/// The statistics of one workload of a run.
public struct WorkloadAnalysis: Equatable, Sendable {
  /// The name of the workload, with the operation of `memory`.
  public let workload: String
  /// The operation of `memory`; `nil` for any other workload.
  public let operation: String?
  /// The bytes of each array of `memory`; `nil` for any other workload.
  public let size: UInt64?
  /// The place of the arrays in the memory hierarchy; `nil` for any workload but `memory`.
  public let place: ArrayPlace?
  /// The N of a workload of fixed amount: that of the first row. Other kernels, greater worker counts and peers may have
  /// another; speedups then compare rates.
  public let upTo: UInt64?
  /// The duration of a workload of fixed time, in nanoseconds.
  public let duration: UInt64?
  /// The requests of `serve`; `nil` for any other workload.
  public let traffic: Traffic?
  /// Whether trials were several executions at once, for commands; `nil` for any other workload. Its line is empty: rows are of
  /// different commands.
  public let command: CommandWork?
  /// The measured configurations, in the order of the plan.
  public let rows: [ConfigurationAnalysis]
  /// The scaling of each model that was measured with several numbers of workers.
  public let scalings: [ModelScaling]
  /// The kernels, each once, in the order of the rows.
  public let kernels: [String]
  /// Whether some row has a schedule.
  public let hasSchedules: Bool
  /// Whether some row has workers that were put on CPUs.
  public let hasPlacements: Bool
  /// Whether some row has processes with several threads.
  public let hasThreads: Bool
  /// Whether some row has workers that were replaced.
  public let hasRestarts: Bool
  /// Whether other programs disturbed some trial.
  public let hasDisturbances: Bool
  /// The physical cores; `nil` if each CPU is a core of its own, or if that is unknown.
  public let physicalCores: Int?
  /// The cores of the fastest kind, which the laws are fitted up to; `nil` if all are alike, or if it is unknown how many there are.
  public let fastCores: KindOfCores?
  /// The power of the machine without the run in watts; `nil` if it is unknown, or if the machine was busy.
  public let idlePower: Double?

  /// Returns the workloads of a run, in the order of the plan.
  ///
  /// - Parameter widening: The factor of the intervals of a run whose machine changed (`RunDrift.widening`).
  static func all(in run: MeasuredRun, widening: Double) -> [WorkloadAnalysis] {
    var order: [Configuration] = []
    var groups: [Configuration: [ConfigurationAnalysis]] = [:]
    for analysis in run.configurations.compactMap({ ConfigurationAnalysis($0, widening: widening) }) {
      // Kernels, worker counts and peers may have their own N, but belong to the same workload, and so do all commands.
      var work = analysis.configuration.work
      if work.upTo != nil { work.upTo = 0 }
      if let command = work.command {
        (work.model, work.command) = ("", CommandWork(line: "", isParallel: command.isParallel))
      }
      if groups[work] == nil { order.append(work) }
      groups[work, default: []].append(analysis)
    }
    return order.compactMap { work in
      groups[work].map { WorkloadAnalysis(work, $0, of: run) }
    }
  }

  private init(_ work: Configuration, _ rows: [ConfigurationAnalysis], of run: MeasuredRun) {
    let references = Dictionary(
      rows.filter(\.configuration.isReference).map { ($0.configuration.referenceName, $0) },
      uniquingKeysWith: { first, _ in first })
    workload = work.workName
    (operation, size) = (work.operation, work.size)
    place = work.size.map { run.caches.place(ofArrays: $0) }
    upTo = rows.first?.configuration.upTo
    duration = work.duration
    traffic = work.traffic
    command = work.command
    self.rows = rows.map { $0.compared(with: references) }
    // At a fixed rate, more workers do not answer more requests.
    scalings = work.traffic == nil ? ModelScaling.all(in: self.rows, of: run) : []
    kernels = distinct(rows.map(\.configuration.kernel))
    hasSchedules = rows.contains { $0.configuration.schedule != nil }
    hasPlacements = rows.contains { $0.configuration.placement != nil }
    hasThreads = rows.contains { $0.configuration.threadsPerRank != nil }
    hasRestarts = rows.contains { $0.restarts > 0 }
    hasDisturbances = rows.contains { !$0.measured.disturbed.isEmpty }
    physicalCores = run.physicalCores
    fastCores = run.kinds.first
    idlePower = run.idlePower
  }
}

extension WorkloadAnalysis {
  /// Returns the fastest row with a chosen configuration, a right answer and an undisturbed trial; for `serve`, the one with
  /// the least CPU time per request of those that the load generator did not limit.
  func fastest(where isChosen: (Configuration) -> Bool) -> ConfigurationAnalysis? {
    fastest(of: rows.filter { isChosen($0.configuration) })
  }

  /// Returns the fastest of some rows that has a right answer and an undisturbed trial.
  func fastest(of rows: [ConfigurationAnalysis]) -> ConfigurationAnalysis? {
    let chosen = rows.filter { $0.inexactAnswer == nil && !$0.measured.isDisturbed && $0.isRanked }
    // Ordered by the speedups that are shown; without them, by the quantity behind them.
    if chosen.allSatisfy({ $0.overScalar != nil }) {
      return chosen.max { ($0.overScalar ?? 0) < ($1.overScalar ?? 0) }
    }
    return chosen.max { $0.rate.median < $1.rate.median }
  }
}

/// Returns each value once, in the order of the first.
func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
  var seen: Set<Value> = []
  return values.filter { seen.insert($0).inserted }
}
