import Records
import Statistics

/// What the trials of one configuration say. Medians are over the trials that count: no warm-up, no failure.
public struct ConfigurationAnalysis: Equatable, Sendable {
  /// What was tried.
  public let configuration: Configuration
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
  /// The CPUs that it could keep busy: the effective CPUs, or those of all machines that it ran on.
  public let cores: Int
  /// The machines on which a launcher started its processes; empty where there is no launcher.
  public let hosts: [HostAnalysis]
  /// Busy cores over the CPUs that it could keep busy.
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
  /// The trials that lie far from the others, by their rounds. They count all the same. `nil` where none could be told.
  public let outliers: [Outlier]?
  /// How many workers were lost and replaced, in all trials that count.
  public let restarts: Int
  /// Whether there are more workers than CPUs that it could keep busy.
  public let isOversubscribed: Bool
  /// How many times faster than the `single` model of the same run and kernel; `nil` where that was not run.
  public internal(set) var speedup: Double?
  /// The 95 % interval of the speedup, from the trials of which there is one of `single` in the same round. `nil` for
  /// `single` itself, and for fewer than `Bootstrap.fewestForMedian` such rounds.
  public internal(set) var speedupInterval: Interval?
  /// How many times faster than the `single` model of the same run with the `scalar` kernel; `nil` where that was
  /// not run.
  public internal(set) var overScalar: Double?
  /// Where the core-time went that was lost; for a workload of fixed amount with several workers, where `single` was
  /// run in the same rounds.
  public internal(set) var losses: LossAttribution?

  /// The trials that count, by their rounds.
  let counted: [CountedTrial]

  /// The number of trials that count.
  public var trials: Int { counted.count }

  /// Analyses trials of a configuration; `nil` where none of them counts.
  init?(_ configuration: Configuration, _ trials: [Trial], effectiveCPUs: Int) {
    let counted = trials.compactMap { CountedTrial($0, of: configuration) }.sorted { $0.round < $1.round }
    guard let region = Spread(counted.map(\.time)), let rate = Spread(counted.compactMap(\.rate)) else {
      return nil
    }
    self.configuration = configuration
    self.counted = counted
    self.region = region
    self.rate = rate
    busyCores = median(counted.compactMap(\.busyCores))
    cores = counted.lazy.compactMap(\.cores).first ?? effectiveCPUs
    hosts = HostAnalysis.all(in: counted)
    utilization = median(
      counted.compactMap { trial in trial.busyCores.map { $0 / Double(max(1, trial.cores ?? effectiveCPUs)) }
      })
    contextSwitches = median(counted.compactMap(\.contextSwitches))
    fairness = configuration.upTo == nil ? median(counted.compactMap(\.fairness)) : nil
    precision = Bootstrap().precisionOfMedian(counted.compactMap(\.measure))
    firstRegion = median(counted.compactMap { $0.report.regions?.first.map { Double($0) } })
    imbalance =
      configuration.upTo == nil || configuration.workers == 1 ? nil : median(counted.compactMap(\.imbalance))
    inexactAnswer = counted.lazy.compactMap { InexactAnswer(configuration, $0.report) }.first
    outliers = Outlier.all(among: counted)
    restarts = counted.reduce(0) { $0 + ($1.report.restarts?.count ?? 0) }
    isOversubscribed = configuration.workers > cores
  }
}

extension ConfigurationAnalysis {
  /// What was measured in each trial that counts: the region's time in nanoseconds for a workload of fixed amount, where a
  /// trial has several regions the median of all but the first; the rate a second for one of fixed time.
  public var samples: [Double] { counted.compactMap(\.measure) }
}
