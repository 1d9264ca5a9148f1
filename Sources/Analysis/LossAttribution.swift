import Records

/// Where the core-time of a configuration went that did not go into the work of one worker.
///
/// With p workers, region T and the region T_single of the model `single`, p·T − T_single is lost. For each trial,
/// paired with the `single` trial of its round, it splits without remainder into parts. They are means here
/// over the trials, so that they still add up. In nanoseconds of core-time.
public struct LossAttribution: Equatable, Sendable {
  /// A part of the lost core-time.
  public enum Part: String, CaseIterable, Sendable {
    /// From the region's start, or from the message that it had begun, to when a worker began.
    case startUp
    /// CPU time beyond an even part of `single`'s time; negative where the work went faster than there.
    case slowDown
    /// A worker's time without a core: it waited, or another program had the core.
    case offCPU
    /// From a worker's end to the end of the last.
    case imbalance
    /// From the end of the last worker to the region's end, where results are not sent.
    case merge
    /// Messages between processes: until the one of the region's start had come, while the worker did its part, and from
    /// the end of the last worker to the region's end. Absent where no message is sent.
    case communication
  }

  /// The number of workers.
  public let workers: Int
  /// The trials that were paired.
  public let trials: Int
  /// The mean of p·T.
  public let coreTime: Double
  /// The means of the parts.
  public let parts: [Part: Double]

  /// What was lost in all: the mean of p·T − T_single, and the sum of the parts.
  public var lost: Double { Part.allCases.reduce(0) { $0 + (parts[$1] ?? 0) } }

  /// A part over all core-time of the region.
  public func share(of part: Part) -> Double {
    coreTime > 0 ? (parts[part] ?? 0) / coreTime : 0
  }

  /// The part that costs most; `nil` where nothing is lost in any.
  public var largest: Part? {
    let largest = Part.allCases.max { (parts[$0] ?? 0) < (parts[$1] ?? 0) }
    return largest.flatMap { (parts[$0] ?? 0) > 0 ? $0 : nil }
  }

  /// Attributes the losses of pairs of trials.
  ///
  /// - Parameter pairs: A trial of the configuration and one of `single` from the same round, for the same work with
  ///   the same kernel. Pairs whose report does not have the share of every worker are left out.
  /// - Returns: `nil` if none is left.
  init?(_ pairs: [(trial: MeasuredTrial, other: MeasuredTrial)]) {
    let usable = pairs.compactMap { pair -> (report: TrialRecord, shares: [Share], single: Double)? in
      let report = pair.trial.report
      guard let shares = report.shares, let workers = report.workers, shares.count == workers, workers > 0
      else { return nil }
      return (report, shares, Double(pair.other.report.region))
    }
    guard let first = usable.first, usable.allSatisfy({ $0.shares.count == first.shares.count }) else {
      return nil
    }
    var sums: [Part: Double] = [:]
    var coreTime = 0.0
    for trial in usable {
      coreTime += Double(trial.shares.count) * Double(trial.report.region)
      sums.merge(Self.parts(of: trial.report, trial.shares, single: trial.single), uniquingKeysWith: +)
    }
    workers = first.shares.count
    trials = usable.count
    self.coreTime = coreTime / Double(usable.count)
    parts = sums.mapValues { $0 / Double(usable.count) }
  }

  private static func parts(of report: TrialRecord, _ shares: [Share], single: Double) -> [Part: Double] {
    let workers = Double(shares.count)
    let lastEnd = shares.map { Double($0.end) }.max() ?? 0
    let hasMessages = shares.contains { $0.communication != nil }
    let merge = workers * (Double(report.region) - lastEnd)
    var parts: [Part: Double] = hasMessages ? [.communication: merge] : [.merge: merge]
    for share in shares {
      let (arrival, messages) = (Double(share.arrival ?? 0), Double(share.communication ?? 0))
      if hasMessages { parts[.communication, default: 0] += arrival + messages }
      let (begin, end, cpuTime) = (Double(share.begin), Double(share.end), Double(share.cpuTime))
      parts[.startUp, default: 0] += begin - arrival
      parts[.slowDown, default: 0] += cpuTime - single / workers
      parts[.offCPU, default: 0] += end - begin - cpuTime - messages
      parts[.imbalance, default: 0] += lastEnd - end
    }
    return parts
  }
}
