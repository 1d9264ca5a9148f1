import Records

/// A run as it might have been: two workloads, a row with more workers than CPUs, and trials that failed.
let syntheticRun: RunRecord = {
  let configurations = [
    sum("single", 1), sum("fork", 1), sum("fork", 4), sum("fork", 8), sum("taskgroup", 4),
    stress("single", 1), stress("fork", 4), stress("dispatch", 4),
  ]
  let plan = Plan(configurations: configurations, trials: 3, warmUps: 1)
  let trials = (0..<4).flatMap { round in
    configurations.indices.map { position in
      syntheticTrial(configurations[position], position, round: max(0, round - 1), warmUp: round == 0)
    }
  }
  let passport = Passport(
    processor: "Example CPU @ 3.20GHz", architecture: "x86_64", onlineCPUs: 8, affinityCPUs: 4, quotaCPUs: 4,
    effectiveCPUs: 4,
    caches: [
      .init(level: 1, type: "Data", size: 49152, sharedBy: 1),
      .init(level: 1, type: "Instruction", size: 32768, sharedBy: 1),
      .init(level: 3, type: "Unified", size: 33_554_432, sharedBy: 8),
    ],
    memory: 67_200_000_000, operatingSystem: "Example Linux 1.0", kernel: "Linux 6.8.0", swift: "6.3.1")
  return RunRecord(
    version: "0.1.0", host: "bench-1", startedAt: "2026-01-02T03:04:05Z", passport: passport, plan: plan,
    trials: trials)
}()

private func sum(_ model: String, _ workers: Int) -> Configuration {
  Configuration(model: model, workload: "sum", workers: workers, upTo: 2_000_000_000)
}

private func stress(_ model: String, _ workers: Int) -> Configuration {
  Configuration(model: model, workload: "stress", workers: workers, duration: 1_000_000_000)
}

private func syntheticTrial(
  _ configuration: Configuration, _ position: Int, round: Int, warmUp: Bool
) -> Trial {
  var trial = Trial(configuration: position, round: round, warmUp: warmUp)
  if configuration.model == "dispatch" || configuration.model == "taskgroup" && !warmUp && round == 1 {
    trial.failure = "scaleup-\(configuration.model) exited with status 1: it said \"no\", and ended"
    return trial
  }
  let running = UInt64(min(configuration.workers, 4))
  let jitter = UInt64(warmUp ? 50 : round * 3)
  let start: UInt64 = configuration.model == "fork" ? 2_000_000 : 0
  let region = configuration.duration ?? (600_000_000 / running + start + 1_000_000 * jitter)
  let overhead = UInt64(configuration.workers) * 2_000_000
  trial.process = ProcessRecord(
    wall: region + overhead, userTime: region * running, systemTime: overhead,
    voluntaryContextSwitches: 4 * configuration.workers, involuntaryContextSwitches: 10 * round,
    minorPageFaults: 700 + configuration.workers, majorPageFaults: round)
  trial.report = syntheticReport(configuration, region: region, running: running, jitter: jitter)
  return trial
}

private func syntheticReport(
  _ configuration: Configuration, region: UInt64, running: UInt64, jitter: UInt64
) -> TrialRecord {
  let share = UInt128(90_000_000 + jitter)
  let results = (0..<configuration.workers).map { share - UInt128($0) * 1_000_000 }
  let right = UInt128(1_000_000_000) * 2_000_000_001
  var report = TrialRecord(
    result: ExactInteger(configuration.upTo == nil ? results.reduce(0, +) : right), region: region)
  report.peakMemory = 11_400_000
  report.shares = results.enumerated().map { worker, result in
    Share(
      worker: worker, result: ExactInteger(result), begin: 0, end: region,
      cpuTime: region * running / UInt64(configuration.workers),
      peakMemory: configuration.model == "fork" ? 12_000_000 + UInt64(worker) : nil)
  }
  return report
}
