import Records

/// A run as it might have been, with vectors, schedules, repeated regions and peers: one of them is slow, one adds
/// in floating-point numbers, one does both.
let syntheticPeerRun: RunRecord = {
  let configurations = [
    sum("single", 1), sum("threads", 1, schedule: "dynamic", grain: 1_000_000, repetitions: 3),
    sum("threads", 4, schedule: "dynamic", grain: 1_000_000, repetitions: 3),
    sum("threads", 4, schedule: "guided", repetitions: 3),
    peer("openmp", 4), peer("node", 4), peer("python", 4, upTo: 20_000_000),
    peer("slow-node", 4, upTo: 100_000_000),
    sum("single", 1, kernel: "simd"), sum("threads", 4, kernel: "simd"), peer("openmp", 4, kernel: "simd"),
  ]
  var run = syntheticRun
  run.plan = Plan(configurations: configurations, trials: 2, warmUps: 0)
  run.trials = (0..<2).flatMap { round in
    configurations.indices.map { trial(configurations[$0], $0, round: round) }
  }
  return run
}()

private func sum(
  _ model: String, _ workers: Int, kernel: String = "scalar", schedule: String? = nil, grain: UInt64? = nil,
  repetitions: Int? = nil
) -> Configuration {
  Configuration(
    model: model, workload: "sum", kernel: kernel, workers: workers, schedule: schedule, grain: grain,
    upTo: 2_000_000_000, repetitions: repetitions)
}

private func peer(
  _ model: String, _ workers: Int, kernel: String = "scalar", upTo: UInt64 = 2_000_000_000
) -> Configuration {
  Configuration(model: model, isPeer: true, workload: "sum", kernel: kernel, workers: workers, upTo: upTo)
}

private func trial(_ configuration: Configuration, _ position: Int, round: Int) -> Trial {
  let upTo = configuration.upTo ?? 0
  let isInexact = configuration.model.contains("node")
  let factor: UInt64 = ["python": 50, "node": 2, "slow-node": 20][configuration.model] ?? 1
  let vectors: UInt64 = configuration.kernel == "simd" ? 10 : 1
  let region = upTo * 3 / 10 * factor / vectors / UInt64(configuration.workers) + UInt64(round) * 1_000_000
  var report = TrialRecord(
    result: ExactInteger(UInt128(upTo) * UInt128(upTo + 1) / 2 + (isInexact ? 67_860_000 : 0)), region: region
  )
  report.regions = configuration.repetitions.map { count in
    (0..<UInt64(count)).map { region + ($0 == 0 ? 5_000_000 : 0) }
  }
  report.shares =
    configuration.isPeer == true
    ? nil
    : (0..<configuration.workers).map { worker in
      Share(
        worker: worker, result: ExactInteger(1), begin: 0, end: region - UInt64(worker) * region / 100,
        cpuTime: region)
    }
  let busy = region * UInt64(configuration.workers)
  return Trial(
    configuration: position, round: round, warmUp: false,
    process: ProcessRecord(
      wall: region + 3_000_000, userTime: busy, systemTime: 1_000_000, voluntaryContextSwitches: 9,
      involuntaryContextSwitches: 2, minorPageFaults: 700, majorPageFaults: 0),
    report: report)
}
