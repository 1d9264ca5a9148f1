import Records
import Statistics

/// A configuration and its measured trials, at least one.
public struct MeasuredConfiguration: Equatable, Sendable {
  /// The trials that other programs did not disturb, in the order in which they were added.
  private var undisturbed: [MeasuredTrial] = []
  /// The trials that other programs disturbed, in the order in which they were added.
  public private(set) var disturbed: [MeasuredTrial] = []
  /// The indices of the first undisturbed trial of every round.
  private var byRound: [Int: Int] = [:]
  /// The configuration that was measured.
  public let configuration: Configuration

  /// Makes a configuration from its first trial.
  public init(_ first: MeasuredTrial) {
    configuration = first.configuration
    add(first)
  }

  /// Adds a trial of the same configuration.
  public mutating func add(_ trial: MeasuredTrial) {
    if trial.isDisturbed { return disturbed.append(trial) }
    if byRound[trial.round] == nil { byRound[trial.round] = undisturbed.count }
    undisturbed.append(trial)
  }

  /// The trials that count: the undisturbed ones, or all if there are none.
  public var trials: [MeasuredTrial] { undisturbed.isEmpty ? disturbed : undisturbed }

  /// The number of trials that other programs did not disturb.
  public var undisturbedCount: Int { undisturbed.count }

  /// Whether other programs disturbed every trial. Nothing is then concluded from them.
  public var isDisturbed: Bool { undisturbed.isEmpty }

  /// The number of CPUs that the configuration could keep busy.
  public var cores: Int { trials[0].cores }

  /// The number of machines that it ran on.
  public var hosts: Int { trials.map { $0.report.hosts?.count ?? 1 }.max() ?? 1 }
}

extension MeasuredConfiguration {
  /// The measured quantity of each trial (`MeasuredTrial.measure`).
  public var samples: [Double] { trials.map(\.measure) }

  /// Returns the precision of the median of the samples: half of its 95 % interval over the median. `nil` for too few
  /// undisturbed trials.
  ///
  /// - Parameter widening: The factor of a run whose machine changed, `RunDrift.widening` (default: 1).
  public func precision(widening: Double = 1) -> Double? {
    isDisturbed ? nil : MedianInterval(samples, widening: widening)?.precision
  }

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

  /// Returns the speedup over another configuration in every round that has both: the ratio of the times for the same
  /// amount of work, otherwise of the rates. Their median is the speedup: what disturbs a whole round cancels in its
  /// ratio. Rounds in which either did nothing are left out.
  ///
  /// - Returns: The speedups by round.
  func speedups(over other: MeasuredConfiguration) -> [Int: Double] {
    let isTimed = hasSameAmount(as: other)
    let all = paired(with: other).map { trial, other in
      (trial.round, isTimed ? other.time / trial.time : trial.rate / other.rate)
    }
    return Dictionary(uniqueKeysWithValues: all).filter { $1 > 0 && $1.isFinite }
  }

  /// Whether another configuration has the same fixed amount of work.
  private func hasSameAmount(as other: MeasuredConfiguration) -> Bool {
    configuration.upTo != nil && configuration.upTo == other.configuration.upTo
  }

  /// Whether another configuration's time says what this one's work takes: the amounts are equal, or in proportion to the
  /// times. Every execution of a command is the same work.
  func hasProportionalWork(to other: MeasuredConfiguration) -> Bool {
    hasSameAmount(as: other) || configuration.hasUniformCost && other.configuration.hasUniformCost
      || configuration.command != nil
  }

  /// Whether the times of this and another run's configuration, which differ at most in N, can be compared: N is the same,
  /// or every number costs the same and both regions are so long that the costs of starting workers hardly count.
  func hasComparableAmount(to other: MeasuredConfiguration) -> Bool {
    let isUniform = configuration.hasUniformCost && other.configuration.hasUniformCost
    return configuration.upTo == other.configuration.upTo || isUniform && min(time, other.time) >= 100e6
  }

  /// Returns the undisturbed trials of this and another configuration of the same run that share a round, in the order
  /// of the rounds.
  func paired(with other: MeasuredConfiguration) -> [(trial: MeasuredTrial, other: MeasuredTrial)] {
    byRound.sorted { $0.key < $1.key }.compactMap { round, position in
      other.byRound[round].map { (undisturbed[position], other.undisturbed[$0]) }
    }
  }
}
