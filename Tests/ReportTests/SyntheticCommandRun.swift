import Records

/// A run of commands as it might have been: `build` scales to 4 workers and leaves a process behind, `pack` is fastest with 2.
let syntheticCommandRun: RunRecord = {
  let times =
    [("build", 1, 800.0, 780.0), ("build", 2, 420, 800), ("build", 4, 240, 840)]
    + [("pack", 1, 500, 490), ("pack", 2, 300, 520), ("pack", 4, 350, 900)]
  let lines = ["build": "make -j{workers}", "pack": "pack -T {workers} big"]
  var run = syntheticRun
  let configurations = times.map { name, workers, _, _ in
    Configuration(
      model: name, workload: "command", workers: workers, command: CommandWork(line: lines[name] ?? ""))
  }
  run.plan = Plan(configurations: configurations, trials: 5, warmUps: 0)
  run.trials = (0..<5).flatMap { round in
    times.enumerated().map { position, entry in
      let (name, workers, wall, cpu) = entry
      let nanoseconds = UInt64((wall + Double(round)) * 1e6)
      let process = ProcessRecord(
        wall: nanoseconds, userTime: UInt64(cpu * 9e5), systemTime: UInt64(cpu * 1e5),
        voluntaryContextSwitches: 40 * workers,
        involuntaryContextSwitches: 3, minorPageFaults: 900, majorPageFaults: 0)
      var report = TrialRecord(result: ExactInteger(1), region: nanoseconds)
      (report.model, report.workload, report.workers) = (name, "command", workers)
      report.peakMemory = name == "pack" ? 48_000_000 * UInt64(workers) : nil
      report.outputHash = name == "pack" ? ExactInteger(12_345_678_901_234_567_890) : nil
      report.leftBehind = name == "build" && round == 2 ? 1 : nil
      return Trial(configuration: position, round: round, warmUp: false, process: process, report: report)
    }
  }
  return run
}()
