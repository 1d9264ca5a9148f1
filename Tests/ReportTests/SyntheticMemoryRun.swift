import Records

/// A run of `memory` as it might have been: two operations, and a second worker that adds 12 %.
let syntheticMemoryRun: RunRecord = {
  let configurations = ["copy", "triad"].flatMap { operation in
    [arrays("single", 1, operation), arrays("threads", 1, operation), arrays("threads", 2, operation)]
  }
  var run = syntheticRun
  run.passport.effectiveCPUs = 2
  run.plan = Plan(configurations: configurations, trials: 5, warmUps: 0)
  run.trials = (0..<5).flatMap { round in
    configurations.enumerated().map { position, configuration in
      let gain = configuration.workers == 2 ? 1.12 : configuration.model == "single" ? 1 : 0.99
      let share = configuration.operation == "copy" ? 0.7 : 1
      let region = UInt64(400e6 * share / gain) + UInt64(round * 1_000_003)
      var report = TrialRecord(
        result: ExactInteger(UInt128((configuration.upTo ?? 0) + 1)), region: region)
      (report.operation, report.size, report.upTo) = (
        configuration.operation, configuration.size, configuration.upTo
      )
      var trial = Trial(configuration: position, round: round, warmUp: false)
      trial.process = ProcessRecord(
        wall: region + 200_000_000, userTime: region, systemTime: 100_000_000, voluntaryContextSwitches: 10,
        involuntaryContextSwitches: 2, minorPageFaults: 700, majorPageFaults: 0)
      trial.report = report
      return trial
    }
  }
  return run
}()

private func arrays(_ model: String, _ workers: Int, _ operation: String) -> Configuration {
  Configuration(
    model: model, workload: "memory", kernel: "simd", workers: workers, upTo: 16_777_216 * 40 - 1,
    operation: operation, size: 134_217_728)
}
