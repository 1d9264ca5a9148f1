import Records
import Statistics

/// A configuration and its measured trials, at least one.
public struct MeasuredConfiguration: Equatable, Sendable {
  /// The trials, in the order in which they were added.
  public private(set) var trials: [MeasuredTrial]
  /// The indices of the first trial of every round.
  private var byRound: [Int: Int]

  /// Makes a configuration from its first trial.
  public init(_ first: MeasuredTrial) {
    trials = [first]
    byRound = [first.round: 0]
  }

  /// Adds a trial of the same configuration.
  public mutating func add(_ trial: MeasuredTrial) {
    if byRound[trial.round] == nil { byRound[trial.round] = trials.count }
    trials.append(trial)
  }

  /// The configuration that was measured.
  public var configuration: Configuration { trials[0].configuration }

  /// The number of CPUs that the configuration could keep busy.
  public var cores: Int { trials[0].cores }

  /// The number of machines that it ran on.
  public var hosts: Int { trials.map { $0.report.hosts?.count ?? 1 }.max() ?? 1 }
}

extension MeasuredConfiguration {
  /// The measured quantity of each trial: the time in nanoseconds, or the rate per second for a workload of fixed time.
  public var samples: [Double] { trials.map(\.measure) }

  /// The precision of the median of the samples: half of its 95 % interval over the median. `nil` for too few trials.
  ///
  /// Each access runs a bootstrap.
  public var precision: Double? { Bootstrap().precisionOfMedian(samples) }

  /// Returns the median of a statistic of the trials; `nil` if none of them defines it.
  public func median(of statistic: (MeasuredTrial) -> Double?) -> Double? {
    Statistics.median(trials.compactMap(statistic))
  }

  /// The median of the region's time in nanoseconds.
  public var time: Double { median(of: \.time) ?? middle.time }

  /// The trial with the median time; of two in the middle the faster one, of equal ones the earlier.
  public var middle: MeasuredTrial {
    let order = trials.indices.sorted { one, other in
      (trials[one].time, trials[one].round, one) < (trials[other].time, trials[other].round, other)
    }
    return trials[order[(order.count - 1) / 2]]
  }

  /// Whether every trial took less time than any of another configuration.
  public func isPlainlyFaster(than other: MeasuredConfiguration) -> Bool {
    guard let slowest = trials.map(\.time).max(), let fastest = other.trials.map(\.time).min() else {
      return false
    }
    return slowest < fastest
  }

  /// Returns the 95 % interval of the speedup over another configuration, from trials of the same rounds; `nil` for too
  /// few of them.
  func intervalOfSpeedup(over other: MeasuredConfiguration) -> Interval? {
    let pairs = paired(with: other)
    return hasSameAmount(as: other)
      ? Bootstrap().intervalOfPairedRatio(pairs.map(\.other.time), over: pairs.map(\.trial.time))
      : Bootstrap().intervalOfPairedRatio(pairs.map(\.trial.rate), over: pairs.map(\.other.rate))
  }

  /// Whether another configuration has the same fixed amount of work.
  func hasSameAmount(as other: MeasuredConfiguration) -> Bool {
    configuration.upTo != nil && configuration.upTo == other.configuration.upTo
  }

  /// Returns the trials of this and another configuration of the same run that share a round, in the order of the
  /// rounds.
  func paired(with other: MeasuredConfiguration) -> [(trial: MeasuredTrial, other: MeasuredTrial)] {
    byRound.sorted { $0.key < $1.key }.compactMap { round, position in
      other.byRound[round].map { (trials[position], other.trials[$0]) }
    }
  }
}
