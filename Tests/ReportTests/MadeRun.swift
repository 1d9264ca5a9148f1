import Foundation
import Records
import TestSupport

/// The reference run of a machine with 2 CPUs, as it was measured.
func referenceRun() throws -> RunRecord {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../results/reference/epyc-vm-2.json")
  return try JSONDecoder().decode(RunRecord.self, from: Data(contentsOf: file))
}

/// Returns a run of a machine that does not exist, made from the reference run: its trials with 2 workers become trials with 2, 4,
/// 8 … workers, each as much faster as 0.4 percent of serial work allows. The times of one worker are those that were measured.
///
/// - Parameters:
///   - cpus: The CPUs of the machine, a power of two. Its name says that it was made.
///   - physicalCores: The physical cores; fewer than CPUs share each between two of them, which together do 1.25 times the work.
func madeRun(cpus: Int, physicalCores: Int) throws -> RunRecord {
  var run = try referenceRun()
  run.host = "made-\(cpus)"
  let passport = run.passport
  (run.passport.effectiveCPUs, run.passport.onlineCPUs) = (cpus, cpus)
  run.passport.taskPoolWidth = cpus
  run.passport.processor = "made from a run with 2 CPUs (\(passport.processor ?? "unknown"))"
  run.passport.topology?.usableCores = physicalCores
  run.passport.topology?.physicalCores = physicalCores
  run.passport.topology?.threadsPerCore = cpus / physicalCores
  let made = MadeMachine(cpus: cpus, physicalCores: physicalCores)
  let kept = run.plan.configurations
  var configurations: [Configuration] = []
  var origins: [Int] = []
  for (position, configuration) in kept.enumerated() {
    let counts = configuration.workers == 1 ? [1] : made.counts
    for count in counts {
      var one = configuration
      one.workers = count
      configurations.append(one)
      origins.append(position)
    }
    // One worker on each physical core, as `run` measures it if cores have several CPUs.
    if physicalCores < cpus, configuration.workers == 2, configuration.model == "fork",
      configuration.kernel == "scalar", configuration.upTo != nil
    {
      var one = configuration
      (one.workers, one.placement) = (physicalCores, "cores")
      configurations.append(one)
      origins.append(position)
    }
  }
  var numbers = SplitMix64(seed: UInt64(cpus))
  let trials = Dictionary(grouping: run.trials, by: \.configuration)
  run.trials = configurations.indices.flatMap { position in
    (trials[origins[position]] ?? []).map { trial in
      made.trial(trial, as: configurations[position], at: position, &numbers)
    }
  }.sorted {
    ($0.warmUp ? 0 : 1, $0.round, $0.configuration) < ($1.warmUp ? 0 : 1, $1.round, $1.configuration)
  }
  run.plan.configurations = configurations
  return run
}

/// A machine that does not exist.
private struct MadeMachine {
  private static let serialPart = 0.004
  private static let siblings = 1.25

  let cpus: Int
  let physicalCores: Int

  /// 2, 4, 8 … and the number of CPUs.
  var counts: [Int] { Array(sequence(first: 2) { $0 * 2 }.prefix { $0 <= cpus }) }

  /// Returns how many times the work of one core so many workers do.
  private func capacity(_ workers: Int) -> Double {
    let (workers, cores) = (Double(workers), Double(physicalCores))
    return workers <= cores ? workers : cores + (workers - cores) * (Self.siblings - 1)
  }

  /// Returns the time with so many workers, relative to that of one.
  private func time(_ workers: Int) -> Double {
    Self.serialPart + (1 - Self.serialPart) / capacity(workers)
  }

  func trial(
    _ kept: Trial, as configuration: Configuration, at position: Int, _ numbers: inout SplitMix64
  ) -> Trial {
    var trial = kept
    trial.configuration = position
    if configuration.workers == 1 { return trial }
    let noise = Double.random(in: 0.995...1.005, using: &numbers)
    let factor = time(configuration.workers) / time(2) * noise
    guard var report = kept.report, var process = kept.process else { return trial }
    let region = UInt64(Double(report.region) * (configuration.upTo == nil ? 1 : factor))
    let shares = report.shares ?? []
    report.region = region
    report.workers = configuration.workers
    report.regions = nil
    report.shares = (0..<configuration.workers).map { worker in
      let begin = 9_000 * UInt64(worker + 1)
      let end = region - UInt64.random(in: 0...region / 200, using: &numbers) - 5_000
      let time = UInt64(Double(end - begin) * 0.997)
      let result = shares.isEmpty ? ExactInteger(0) : shares[worker % shares.count].result
      return Share(worker: worker, result: result, begin: begin, end: end, cpuTime: time)
    }
    if configuration.upTo == nil {
      report.result = ExactInteger(UInt128(Double(report.result.value) / factor))
    }
    let busy = region * UInt64(configuration.workers)
    process.userTime = busy
    process.wall = region + 3_000_000
    let steps = 8
    process.activity = Activity(
      cores: CoreTimeline(
        interval: process.wall / UInt64(steps), span: process.wall, cores: Array(0..<cpus),
        busy: (0..<cpus).map { core in
          (0..<steps).map { _ in core < configuration.workers ? 97 + core % 4 : core % 3 }
        }))
    (trial.report, trial.process) = (report, process)
    return trial
  }
}
