import Records
import Statistics

/// A successful trial that is not a warm-up, and the statistics of this trial alone.
///
/// `MeasuredConfiguration.median(of:)` gives their medians over the trials of a configuration.
public struct MeasuredTrial: Equatable, Sendable {
  /// The configuration that was measured.
  public let configuration: Configuration
  /// The round of the trial, from 0.
  public let round: Int
  /// The resources that the kernel accounted for the process tree; `nil` if they are unknown.
  public let process: ProcessRecord?
  /// The report of the executable.
  public let report: TrialRecord
  /// The CPUs that the trial could keep busy: the effective CPUs, or those of all machines on which a launcher started
  /// its processes.
  public let cores: Int
  /// Whether other programs disturbed the trial (`ProcessRecord.isDisturbed(beyond:)`).
  public let isDisturbed: Bool
  /// The region's time in nanoseconds; of several regions, the median of all but the first. For `serve`, the CPU time of the
  /// server's process tree per request. It is above 0.
  public let time: Double

  /// Makes the measurements of a trial.
  ///
  /// - Parameters:
  ///   - configuration: The configuration of the trial.
  ///   - effectiveCPUs: The effective CPUs of the machine.
  ///   - mostForeignLoad: The most foreign load of a trial that counts, in cores.
  /// - Returns: `nil` for a warm-up, a failed trial, or a region that took no time; for `serve`, without a server's CPU time
  ///   or answers.
  public init?(_ trial: Trial, of configuration: Configuration, effectiveCPUs: Int, mostForeignLoad: Double) {
    guard !trial.warmUp, trial.failure == nil, let report = trial.report else { return nil }
    time =
      configuration.traffic == nil
      ? steadyTime(regions: report.regions, last: report.region) : Self.cpuTimePerRequest(trial) ?? 0
    if time <= 0 { return nil }
    self.configuration = configuration
    round = trial.round
    process = trial.process
    isDisturbed = trial.process?.isDisturbed(beyond: mostForeignLoad) ?? false
    self.report = report
    cores = report.hosts?.reduce(0) { $0 + $1.cores } ?? effectiveCPUs
  }
}

extension MeasuredTrial {
  /// The numbers or operations per second of the region; for `serve`, the requests per second of CPU time; for a command, the
  /// executions per second.
  public var rate: Double { done / time * 1e9 }

  /// The measured quantity: the time in nanoseconds, or the rate per second for a workload of fixed time. For `serve`, the
  /// CPU time per request in nanoseconds.
  public var measure: Double { configuration.hasFixedAmount || configuration.traffic != nil ? time : rate }

  /// The time per number or operation in nanoseconds; `nil` if no operation was done.
  public var workTime: Double? { done > 0 ? time / done : nil }

  /// The time of the first of several regions in nanoseconds; `nil` for one region.
  public var firstRegion: Double? { report.regions?.first.map { Double($0) } }

  /// The time from the process's start to its end in nanoseconds.
  public var wallTime: Double? { process.map { Double($0.wall) } }

  /// The CPU time of the whole process tree in nanoseconds; with a launcher, the sum of what the machines report.
  public var cpuTime: Double? {
    process.map { process in
      report.hosts?.reduce(0) { $0 + Double($1.cpuTime) }
        ?? Double(process.userTime) + Double(process.systemTime)
    }
  }

  /// The CPU time of the whole process tree divided by its wall time; `nil` for `serve`, which has `serverCores`.
  public var busyCores: Double? {
    guard configuration.traffic == nil, let cpuTime, let wallTime, wallTime > 0 else { return nil }
    return cpuTime / wallTime
  }

  /// The busy cores divided by the CPUs that the trial could keep busy. It includes starting and ending the processes.
  public var processUtilization: Double? { busyCores.map { $0 / Double(max(1, cores)) } }

  /// The core utilization: the CPU time of all shares divided by the region's time and the CPUs that the trial could keep
  /// busy; `nil` unless the share of every worker is reported. The region of a command is its whole process tree.
  public var utilization: Double? {
    if configuration.command != nil { return processUtilization }
    guard let shares = report.shares, shares.count == report.workers ?? configuration.workers,
      report.region > 0
    else { return nil }
    let cpuTime = shares.reduce(0) { $0 + Double($1.cpuTime) }
    return cpuTime / (Double(report.region) * Double(max(1, cores)))
  }

  /// The context switches of the whole process tree, voluntary and involuntary; `nil` with a launcher, because other
  /// machines do not report theirs.
  public var contextSwitches: Double? {
    report.hosts != nil
      ? nil : process.map { Double($0.voluntaryContextSwitches) + Double($0.involuntaryContextSwitches) }
  }

  /// The slowest worker's operations, or answers, divided by the fastest's: 1 is fair. `nil` for a workload of fixed amount.
  public var fairness: Double? {
    if configuration.traffic != nil { return answerFairness }
    let results = (report.shares ?? []).map { Double($0.result.value) }
    guard !configuration.hasFixedAmount, let least = results.min(), let greatest = results.max(), greatest > 0
    else { return nil }
    return least / greatest
  }

  /// The fraction of the region's core time that workers waited for the last one: the sum of (last share's end − this
  /// share's end) / (workers · region). `nil` for a workload of fixed time and for one worker.
  public var imbalance: Double? {
    let ends = (report.shares ?? []).map { Double($0.end) }
    guard configuration.upTo != nil, configuration.workers != 1, let last = ends.max(), report.region > 0
    else { return nil }
    return ends.reduce(0) { $0 + (last - $1) } / (Double(ends.count) * Double(report.region))
  }

  /// The fraction of the region's core time spent on messages; `nil` if no message is sent.
  public var communication: Double? {
    guard let shares = report.shares, report.region > 0, !shares.isEmpty else { return nil }
    let waits = shares.compactMap { share in
      share.communication.map { Double($0) + Double(share.arrival ?? 0) }
    }
    guard waits.count == shares.count else { return nil }
    let count = Double(shares.count)
    let merge = Double(report.region) - (shares.map { Double($0.end) }.max() ?? 0)
    return (waits.reduce(0, +) + count * merge) / (count * Double(report.region))
  }

  /// The numbers processed, or the operations for a workload of fixed time; the executions of a command. For `serve`, one
  /// request.
  var done: Double {
    if configuration.traffic != nil { return 1 }
    return configuration.upTo.map { Double($0) + 1 } ?? Double(report.result.value)
  }
}

extension MeasuredTrial {
  /// Makes the measurements of a trial of a run, even if it was a warm-up.
  public init?(counting trial: Trial, of configuration: Configuration, in run: RunRecord) {
    var trial = trial
    trial.warmUp = false
    self.init(
      trial, of: configuration, effectiveCPUs: run.passport.effectiveCPUs,
      mostForeignLoad: run.plan.foreignLoadLimit)
  }
}
