import Records

/// The lost core time of a configuration, by cause, in nanoseconds.
///
/// With p workers, region time T and the region time T_single of the model `single` for as much work, p·T − T_single is
/// lost. The loss of each trial, paired with the `single` trial of its round, splits without remainder into parts.
///
/// The parts are those of the round in the middle, whose speedup is the median that is shown as the speedup: the lost
/// fraction of the core time is 1 minus the efficiency. Of an even number of rounds, two are in the middle; their
/// fractions are averaged, so that the parts still add up and still agree with the speedup.
public struct LossAttribution: Equatable, Sendable {
  /// A cause of lost core time.
  public enum Part: String, CaseIterable, Sendable {
    /// The time from the region's start, or from the arrival of its start message, until a worker began.
    case startUp
    /// CPU time beyond an equal share of `single`'s time; negative if the work was faster than with `single`.
    case slowDown
    /// A worker's time without a core: it waited, or another program had the core.
    case offCPU
    /// The time from a worker's end to the end of the last worker.
    case imbalance
    /// The time from the end of the last worker to the region's end, if results are not sent as messages.
    case merge
    /// Messages between processes: waiting for the region's start message, messages during the worker's share, and the
    /// time from the end of the last worker to the region's end. Absent if no message is sent.
    case communication
  }

  /// The number of workers.
  public let workers: Int
  /// The number of paired trials.
  public let trials: Int
  /// The core time p·T.
  public let coreTime: Double
  /// The parts.
  public let parts: [Part: Double]
  /// The lost fraction of the core time of all paired trials together. A few slow trials change it much more than the
  /// round in the middle.
  public let meanShare: Double

  /// The total loss p·T − T_single, which is the sum of the parts.
  public var lost: Double { Part.allCases.reduce(0) { $0 + (parts[$1] ?? 0) } }

  /// Returns a part as a fraction of the region's core time.
  public func share(of part: Part) -> Double {
    coreTime > 0 ? (parts[part] ?? 0) / coreTime : 0
  }

  /// The largest part; `nil` if no part is a loss.
  public var largest: Part? {
    let largest = Part.allCases.max { (parts[$0] ?? 0) < (parts[$1] ?? 0) }
    return largest.flatMap { (parts[$0] ?? 0) > 0 ? $0 : nil }
  }

  /// Attributes the losses of pairs of trials.
  ///
  /// - Parameter pairs: A trial of the configuration and one of `single` from the same round, for the same work with
  ///   the same kernel, or for work in proportion to its time. Pairs whose report lacks the share of a worker are ignored.
  /// - Returns: `nil` if no pair is left.
  init?(_ pairs: [(trial: MeasuredTrial, other: MeasuredTrial)]) {
    let usable = pairs.compactMap { pair -> (report: TrialRecord, shares: [Share], single: Double)? in
      let report = pair.trial.report
      guard let shares = report.shares, let workers = report.workers, shares.count == workers, workers > 0
      else { return nil }
      return (report, shares, Double(pair.other.report.region) * pair.trial.done / pair.other.done)
    }
    guard let first = usable.first, usable.allSatisfy({ $0.shares.count == first.shares.count }) else {
      return nil
    }
    workers = first.shares.count
    trials = usable.count
    let coreTimes = usable.map { Double($0.shares.count) * Double($0.report.region) }
    let all = coreTimes.reduce(0, +)
    meanShare = all > 0 ? 1 - usable.reduce(0) { $0 + $1.single } / all : 0
    let order = usable.indices.sorted {
      usable[$0].single * coreTimes[$1] < usable[$1].single * coreTimes[$0]
    }
    let middle = Set([order[(order.count - 1) / 2], order[order.count / 2]])
    let coreTime = middle.reduce(0) { $0 + coreTimes[$1] } / Double(middle.count)
    var parts: [Part: Double] = [:]
    for place in middle where coreTimes[place] > 0 {
      let scale = coreTime / coreTimes[place] / Double(middle.count)
      let (report, shares, single) = usable[place]
      parts.merge(
        Self.parts(of: report, shares, single: single).mapValues { $0 * scale }, uniquingKeysWith: +)
    }
    (self.coreTime, self.parts) = (coreTime, parts)
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
