import Records
import TestSupport

/// A run as it might have been on 8 CPUs: two models with 1, 2, 4, 8 and 16 workers in seven rounds, one of which has
/// overheads that grow, while the machine gets slower from round to round. A trial is an outlier, and one failed.
let syntheticScalingRun: RunRecord = {
  let configurations =
    [sum("single", 1)] + [1, 2, 4, 8, 16].map { sum("fork", $0) } + [1, 2, 4, 8].map { sum("threads", $0) }
    + [Configuration(model: "single", workload: "stress", workers: 1, duration: 500_000_000)]
    + [1, 8].map { Configuration(model: "fork", workload: "stress", workers: $0, duration: 500_000_000) }
  var generator = SplitMix64(seed: 71)
  var run = syntheticRun
  run.plan = Plan(configurations: configurations, trials: 7, warmUps: 0)
  run.passport.effectiveCPUs = 8
  run.trials = (0..<7).flatMap { round in
    configurations.enumerated().map { position, configuration in
      // Half a percent slower every round, and a scatter of two thousandths.
      let slowness = (1 + 0.005 * Double(round)) * Double.random(in: 0.998...1.002, using: &generator)
      return trial(configuration, position, round, slowness)
    }
  }
  return run
}()

private func sum(_ model: String, _ workers: Int) -> Configuration {
  Configuration(model: model, workload: "sum", workers: workers, upTo: 2_000_000_000)
}

private func trial(_ configuration: Configuration, _ position: Int, _ round: Int, _ slowness: Double) -> Trial
{
  var trial = Trial(configuration: position, round: round, warmUp: false)
  if configuration.model == "threads", configuration.workers == 1, round == 6 {
    trial.failure = "scaleup-threads was killed by signal 9"
    return trial
  }
  let isOutlier = configuration.model == "fork" && configuration.workers == 2 && round == 3
  let report =
    configuration.upTo == nil
    ? stressReport(configuration, slowness) : sumReport(configuration, slowness * (isOutlier ? 1.4 : 1))
  trial.report = report
  let busy = report.region * UInt64(min(configuration.workers, 8))
  trial.process = ProcessRecord(
    wall: report.region + 2_000_000, userTime: busy, systemTime: 1_000_000, voluntaryContextSwitches: 9,
    involuntaryContextSwitches: 2, minorPageFaults: 700, majorPageFaults: 0)
  return trial
}

/// With `fork` a part of the work is serial, with `threads` workers cost one another time.
private func sumReport(_ configuration: Configuration, _ slowness: Double) -> TrialRecord {
  let (workers, running) = (configuration.workers, Double(min(configuration.workers, 8)))
  let overhead = ["fork": 0.02 * (running - 1), "threads": 0.002 * running * (running - 1)]
  let region = 600e6 * slowness * (1 + (overhead[configuration.model] ?? 0)) / running
  var report = TrialRecord(
    result: ExactInteger(UInt128(1_000_000_000) * 2_000_000_001), region: UInt64(region))
  report.workers = workers
  report.shares = (0..<workers).map { worker in
    let end = UInt64(region * (1 - 0.001 * Double(worker))) - 20_000
    return Share(
      worker: worker, result: ExactInteger(1), begin: 100_000 * UInt64(worker), end: end,
      cpuTime: UInt64(Double(end - 150_000 * UInt64(worker) - 50_000) * running / Double(workers)))
  }
  return report
}

private func stressReport(_ configuration: Configuration, _ slowness: Double) -> TrialRecord {
  let shares = (0..<configuration.workers).map { UInt128((45e6 - 1e5 * Double($0)) / slowness) }
  var report = TrialRecord(result: ExactInteger(shares.reduce(0, +)), region: 500_000_000)
  report.workers = configuration.workers
  report.shares = shares.enumerated().map { worker, result in
    Share(
      worker: worker, result: ExactInteger(result), begin: 0, end: 500_000_000, cpuTime: 499_000_000)
  }
  return report
}
