import Records
import Statistics

/// What the trials of one configuration say. Medians are over the trials that count: no warm-up, no failure.
public struct ConfigurationAnalysis: Equatable, Sendable {
  /// What was tried.
  public let configuration: Configuration
  /// The number of trials that count.
  public let trials: Int
  /// The region's time in nanoseconds; where a trial has several, of each the median of all but the first.
  public let region: Spread
  /// How well the median of the region's time, or of the rate for a workload of fixed time, is known: half of its 95 %
  /// interval over the median. `nil` for too few trials.
  public let precision: Double?
  /// The time of the first region in nanoseconds, where trials have several.
  public let firstRegion: Double?
  /// Numbers or operations a second of the region.
  public let rate: Spread
  /// CPU time of the whole process tree over its wall time, in cores.
  public let busyCores: Double?
  /// Busy cores over effective CPUs.
  public let utilization: Double?
  /// Context switches of the whole process tree in one trial, voluntary and involuntary.
  public let contextSwitches: Double?
  /// The least result of a worker over the greatest: 1 is fair. For a workload of fixed time.
  public let fairness: Double?
  /// The core-time that workers waited for the last of them, over the core-time of the region: the sum of (last
  /// share's end − this share's end) / (workers · region). For a workload of fixed amount with several workers.
  public let imbalance: Double?
  /// What was computed instead of the right answer, by a program that need not be exact; `nil` where it was right.
  public let inexactAnswer: InexactAnswer?
  /// Whether there are more workers than effective CPUs.
  public let isOversubscribed: Bool
  /// How many times faster than the `single` model of the same run and kernel; `nil` where that was not run.
  public internal(set) var speedup: Double?
  /// How many times faster than the `single` model of the same run with the `scalar` kernel; `nil` where that was
  /// not run.
  public internal(set) var overScalar: Double?

  /// Where the core-time went that was lost; for a workload of fixed amount with several workers, where `single` was
  /// run in the same rounds.
  public internal(set) var losses: LossAttribution?

  /// The serial fraction that a speedup points to: (1/S − 1/p) / (1 − 1/p) (Karp and Flatt, 1990). It may be negative.
  /// `nil` for one worker.
  public var serialFraction: Double? {
    let workers = Double(configuration.workers)
    guard let speedup, speedup > 0, workers > 1 else { return nil }
    return (1 / speedup - 1 / workers) / (1 - 1 / workers)
  }

  /// The reports of the trials that count, by round.
  let reports: [Int: TrialRecord]

  /// Speedup over workers.
  public var efficiency: Double? { speedup.map { $0 / Double(configuration.workers) } }

  /// Analyses trials of a configuration; `nil` where none of them counts.
  init?(_ configuration: Configuration, _ trials: [Trial], effectiveCPUs: Int) {
    let counted = trials.filter { !$0.warmUp && $0.failure == nil && $0.report != nil }
    let reports = counted.compactMap(\.report)
    let rates = reports.compactMap { Self.rate(configuration, $0) }
    guard let region = Spread(reports.map(Self.steadyRegion)), let rate = Spread(rates) else { return nil }
    let processes = counted.compactMap(\.process)
    self.configuration = configuration
    self.reports = Dictionary(
      counted.compactMap { trial in trial.report.map { (trial.round, $0) } },
      uniquingKeysWith: { first, _ in first })
    self.trials = counted.count
    self.region = region
    self.rate = rate
    busyCores = median(processes.compactMap(Self.busyCores))
    utilization = busyCores.map { $0 / Double(max(1, effectiveCPUs)) }
    contextSwitches = median(
      processes.map { Double($0.voluntaryContextSwitches) + Double($0.involuntaryContextSwitches) })
    fairness = configuration.upTo == nil ? median(reports.compactMap(Self.fairness)) : nil
    precision = Bootstrap().precisionOfMedian(
      configuration.upTo == nil ? rates : reports.map(Self.steadyRegion))
    firstRegion = median(reports.compactMap { $0.regions?.first.map { Double($0) } })
    imbalance =
      configuration.upTo == nil || configuration.workers == 1
      ? nil : median(reports.compactMap(Self.imbalance))
    inexactAnswer = reports.lazy.compactMap { InexactAnswer(configuration, $0) }.first
    isOversubscribed = configuration.workers > effectiveCPUs
  }

  private static func rate(_ configuration: Configuration, _ report: TrialRecord) -> Double? {
    let region = steadyRegion(report)
    guard region > 0 else { return nil }
    let done = configuration.upTo.map { Double($0) + 1 } ?? Double(report.result.value)
    return done / region * 1e9
  }

  /// The region's time in nanoseconds; where there are several, the median of all but the first.
  static func steadyRegion(_ report: TrialRecord) -> Double {
    steadyState((report.regions ?? []).map { Double($0) }) ?? Double(report.region)
  }

  private static func imbalance(_ report: TrialRecord) -> Double? {
    let ends = (report.shares ?? []).map { Double($0.end) }
    guard let last = ends.max(), report.region > 0 else { return nil }
    return ends.reduce(0) { $0 + (last - $1) } / (Double(ends.count) * Double(report.region))
  }

  /// CPU time of the whole process tree over its wall time, in cores.
  static func busyCores(_ process: ProcessRecord) -> Double? {
    guard process.wall > 0 else { return nil }
    return (Double(process.userTime) + Double(process.systemTime)) / Double(process.wall)
  }

  private static func fairness(_ report: TrialRecord) -> Double? {
    let results = (report.shares ?? []).map { Double($0.result.value) }
    guard let least = results.min(), let greatest = results.max(), greatest > 0 else { return nil }
    return least / greatest
  }
}
