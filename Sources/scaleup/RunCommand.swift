import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// `scaleup run`: arguments → plan → trials → record → report.
enum RunCommand: Subcommand {
  static let syntax = Command(
    "scaleup run", summary: "try every model and workload at 1, 2, 4 … all CPUs, save the run, print tables",
    options: RunOptions.all)

  static func run(_ matches: Matches) throws -> ProgramOutput {
    let resumption = try Resumption(matches)
    let baseline = try Baseline(matches)
    let setting = try RunSetting(matches)
    let planned = try resumption?.planned(setting) ?? PlannedRun(matches, setting, baseline)
    let run = try carryOut(planned, setting)
    let format = OutputFormat(matches)
    let result = try output(of: run, format, planned.problems)
    return try baseline?.adding(run, to: result, format) ?? result
  }

  /// Tries what is left of the plan, and saves the run after every trial.
  private static func carryOut(_ planned: PlannedRun, _ setting: RunSetting) throws -> RunRecord {
    let store = try RunStore(planned.run, Spool(in: planned.destination?.folder)) { write in
      try planned.destination?.save(write)
    }
    var loop = RunLoop(
      setting.trialRunner, planned.run.plan, timeout: setting.timeout, estimate: planned.estimate)
    loop.resume(after: planned.run.trials)
    let (view, notes) = (LiveView(of: planned.run.plan, isQuiet: setting.notes.isQuiet), setting.notes)
    for trial in planned.run.trials { view.add(trial) }
    if view.isPainted { setting.runner.onTick = view.paint }
    do {
      try loop.carryOut(
        willTry: view.begin,
        didTry: { trial in
          view.add(trial)
          try store.add(trial)
        })
      try store.finish()
    } catch {
      view.clear()
      try? store.finish()
      if error is Interruption { notes.say([ending(after: store.count, planned)]) }
      throw error
    }
    view.clear()
    if let destination = planned.destination { notes.say(["saved \(destination.path)"]) }
    return try store.run()
  }

  /// What a run that was interrupted leaves.
  private static func ending(after count: Int, _ planned: PlannedRun) -> String {
    let path = count > 0 ? planned.destination?.path : nil
    let kept = path.map { "; kept in \($0), which scaleup run --resume carries on" } ?? ""
    return "interrupted after \(count) of \(planned.run.plan.trialCount) trials\(kept)"
  }

  /// The run as it is printed. What failed without leaving a trace in it is told on standard error.
  private static func output(
    of run: RunRecord, _ format: OutputFormat, _ problems: [String]
  ) throws -> ProgramOutput {
    let lines = problems.map { "FAILED: \(Readable.line($0, limit: 1000))\n" }.joined()
    let hasFailures = !problems.isEmpty || run.trials.contains { $0.failure != nil }
    return ProgramOutput(
      output: try format.text(of: [run]), error: lines + (format.isForMachines ? failureReport(of: run) : ""),
      status: hasFailures ? 1 : 0)
  }
}
