import Records
import Statistics

/// A trial that counts, which is no warm-up and did not fail, and what it measured.
struct CountedTrial: Equatable, Sendable {
  let round: Int
  let process: ProcessRecord?
  let report: TrialRecord
  /// The region's time in nanoseconds; where there are several, the median of all but the first.
  let time: Double
  /// Numbers or operations a second of the region; `nil` where that took no time.
  let rate: Double?
  /// The nanoseconds that the same work took: those of the region, or for a workload of fixed time those of one operation;
  /// `nil` where nothing was done, or in no time.
  let workTime: Double?
  /// What the trial is repeated for: the time, or the rate for a workload of fixed time.
  let measure: Double?

  /// `nil` for a trial that does not count.
  init?(_ trial: Trial, of configuration: Configuration) {
    guard !trial.warmUp, trial.failure == nil, let report = trial.report else { return nil }
    round = trial.round
    process = trial.process
    self.report = report
    let time = steadyTime(regions: report.regions, last: report.region)
    let done = configuration.upTo.map { Double($0) + 1 } ?? Double(report.result.value)
    self.time = time
    rate = time > 0 ? done / time * 1e9 : nil
    let units = configuration.upTo == nil ? done : 1
    workTime = time > 0 && units > 0 ? time / units : nil
    measure = configuration.upTo == nil ? rate : time
  }
}

extension CountedTrial {
  /// CPU time of the whole process tree over its wall time; of processes on several machines, as they report it.
  var busyCores: Double? {
    guard let process, process.wall > 0 else { return nil }
    if let hosts = report.hosts {
      return hosts.reduce(0) { $0 + Double($1.cpuTime) } / Double(process.wall)
    }
    return (Double(process.userTime) + Double(process.systemTime)) / Double(process.wall)
  }

  /// The CPUs of the machines on which a launcher started its processes; `nil` where there is no launcher.
  var cores: Int? {
    report.hosts.map { $0.reduce(0) { $0 + $1.cores } }
  }

  /// The core-time of the region that went into messages, over all of it; `nil` where no message is sent.
  var communication: Double? {
    guard let shares = report.shares, report.region > 0, !shares.isEmpty else { return nil }
    let waits = shares.compactMap { share in
      share.communication.map { Double($0) + Double(share.arrival ?? 0) }
    }
    guard waits.count == shares.count else { return nil }
    let count = Double(shares.count)
    let merge = Double(report.region) - (shares.map { Double($0.end) }.max() ?? 0)
    return (waits.reduce(0, +) + count * merge) / (count * Double(report.region))
  }

  /// Context switches of the whole process tree, voluntary and involuntary; nobody counts those of other machines.
  var contextSwitches: Double? {
    report.hosts != nil
      ? nil : process.map { Double($0.voluntaryContextSwitches) + Double($0.involuntaryContextSwitches) }
  }

  /// The least result of a worker over the greatest.
  var fairness: Double? {
    let results = (report.shares ?? []).map { Double($0.result.value) }
    guard let least = results.min(), let greatest = results.max(), greatest > 0 else { return nil }
    return least / greatest
  }

  /// The core-time that workers waited for the last of them, over the core-time of the region.
  var imbalance: Double? {
    let ends = (report.shares ?? []).map { Double($0.end) }
    guard let last = ends.max(), report.region > 0 else { return nil }
    return ends.reduce(0) { $0 + (last - $1) } / (Double(ends.count) * Double(report.region))
  }
}
