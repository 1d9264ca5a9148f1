import Records

/// The lost core time of a configuration, by cause, in nanoseconds.
///
/// With p workers, region time T and the region time T_single of the model `single` for as much work, p·T − T_single is
/// lost. Of a command, T_single is its own time with one worker. The loss of each trial, paired with the `single` trial of
/// its round, splits without remainder into parts.
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
    /// CPU time of a command beyond what as much work takes with one worker; negative if it took less.
    case extraCPUTime
    /// Core time that a command did not use, beyond what it does not use with one worker. From outside, it cannot be told
    /// whether workers had not begun, waited, or had nothing to do.
    case unusedCores
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

  /// The least part of the core time that is worth a sentence.
  public static let least = 0.02

  /// The largest part, if it is worth a sentence.
  public var notable: Part? { largest.flatMap { share(of: $0) >= Self.least ? $0 : nil } }

  /// Attributes the losses of pairs of trials.
  ///
  /// - Parameter pairs: A trial of the configuration and one of `single` from the same round, for the same work with
  ///   the same kernel, or for work in proportion to its time. Pairs whose report lacks the share of a worker are ignored,
  ///   and so are those of a command whose CPU time is unknown.
  /// - Returns: `nil` if no pair is left.
  init?(_ pairs: [(trial: MeasuredTrial, other: MeasuredTrial)]) {
    let usable = pairs.compactMap { Pair($0.trial, $0.other) }
    guard let first = usable.first, usable.allSatisfy({ $0.workers == first.workers }) else { return nil }
    workers = first.workers
    trials = usable.count
    let all = usable.reduce(0) { $0 + $1.coreTime }
    meanShare = all > 0 ? 1 - usable.reduce(0) { $0 + $1.single } / all : 0
    let order = usable.indices.sorted {
      usable[$0].single * usable[$1].coreTime < usable[$1].single * usable[$0].coreTime
    }
    let middle = Set([order[(order.count - 1) / 2], order[order.count / 2]]).map { usable[$0] }
    let coreTime = middle.reduce(0) { $0 + $1.coreTime } / Double(middle.count)
    var parts: [Part: Double] = [:]
    for pair in middle where pair.coreTime > 0 {
      let scale = coreTime / pair.coreTime / Double(middle.count)
      parts.merge(pair.parts.mapValues { $0 * scale }, uniquingKeysWith: +)
    }
    (self.coreTime, self.parts) = (coreTime, parts)
  }
}

/// A trial, and one of what its speedup is over from the same round.
private struct Pair {
  let workers: Int
  let coreTime: Double
  /// The time of the other trial, for as much work as this one did.
  let single: Double
  let parts: [LossAttribution.Part: Double]

  /// Makes a pair; `nil` if the report lacks the share of a worker, or if the CPU time of a command is unknown.
  init?(_ trial: MeasuredTrial, _ other: MeasuredTrial) {
    let report = trial.report
    let work = trial.done / other.done
    single = Double(other.report.region) * work
    if trial.configuration.command != nil {
      guard let cpuTime = trial.cpuTime, let otherCPUTime = other.cpuTime else { return nil }
      workers = trial.configuration.workers
      coreTime = Double(workers) * Double(report.region)
      parts = [
        .extraCPUTime: cpuTime - work * otherCPUTime,
        .unusedCores: coreTime - cpuTime - (single - work * otherCPUTime),
      ]
    } else {
      guard let shares = report.shares, let workers = report.workers, shares.count == workers, workers > 0
      else { return nil }
      self.workers = workers
      coreTime = Double(workers) * Double(report.region)
      parts = Self.parts(of: report, shares, single: single)
    }
  }

  private static func parts(
    of report: TrialRecord, _ shares: [Share], single: Double
  ) -> [LossAttribution.Part: Double] {
    let workers = Double(shares.count)
    let lastEnd = shares.map { Double($0.end) }.max() ?? 0
    let hasMessages = shares.contains { $0.communication != nil }
    let merge = workers * (Double(report.region) - lastEnd)
    var parts: [LossAttribution.Part: Double] = hasMessages ? [.communication: merge] : [.merge: merge]
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
