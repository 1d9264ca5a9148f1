import Analysis
import Formatting
import Records

extension CSVColumn {
  /// All columns, in the order of the file.
  static var all: [CSVColumn] {
    runs + work + trials + times + resources + energies + arrays + servers + commands + [
      CSVColumn("failure", "The reason that the trial failed; empty if it did not.") { $0.trial.failure }
    ]
  }

  private static var runs: [CSVColumn] {
    [
      CSVColumn("host", "The name of the machine, or its label.") { $0.run.host },
      CSVColumn("run", "The identifier of the run: the host and the start.") {
        "\($0.run.host) \($0.run.startedAt)"
      },
      CSVColumn("start", "The start of the run, in UTC.") { $0.run.startedAt },
      CSVColumn("effectiveCPUs", "The effective CPUs of the machine.") { $0.run.passport.effectiveCPUs },
    ]
  }

  private static var work: [CSVColumn] {
    [
      CSVColumn("workload", "The workload.") { $0.configuration.workload },
      CSVColumn("model", "The model, or the name of the command.") { $0.configuration.model },
      CSVColumn("kernel", "The kernel.") { $0.configuration.kernel },
      CSVColumn("instructionSet", "The instruction set that the kernel used.") { $0.report?.instructionSet },
      CSVColumn("workers", "The number of workers.") { $0.configuration.workers },
      CSVColumn("schedule", "The schedule; empty if each worker had one range.") {
        $0.configuration.schedule
      },
      CSVColumn("grain", "The numbers per chunk.") { $0.report?.grain ?? $0.configuration.grain },
      CSVColumn("placement", "The placement; empty if the system chose.") { $0.configuration.placement },
      CSVColumn("upTo", "N, for a fixed amount of work.") { $0.configuration.upTo },
      CSVColumn("duration_ns", "The duration, for a fixed time.") { $0.configuration.duration },
      CSVColumn("repetitions", "The regions of the process, if there are several.") {
        $0.configuration.repetitions
      },
    ]
  }

  private static var trials: [CSVColumn] {
    [
      CSVColumn("round", "The round of a measured trial, from 0; empty for a warm-up.") {
        $0.trial.warmUp ? nil : $0.trial.round
      },
      CSVColumn("warmUpRound", "The round of a warm-up, from 0; empty for a measured trial.") {
        $0.trial.warmUp ? $0.trial.round : nil
      },
      CSVColumn("outlier", "Whether the trial is an outlier of its configuration; empty for too few trials.")
      {
        $0.isOutlier
      },
      CSVColumn("foreignLoad_cores", "The cores that other programs kept busy.") {
        CSVTrial.number($0.process?.foreignLoad)
      },
      CSVColumn("disturbed", "Whether other programs disturbed the trial.") { row in
        row.process.flatMap { process in
          process.foreignLoad.map { _ in process.isDisturbed(beyond: row.run.plan.foreignLoadLimit) }
        }
      },
      CSVColumn(
        "result",
        "The answer. One of more than 15 digits begins with `'`, so that a spreadsheet keeps all of them."
      ) { row in row.report.map { exactText($0.result) } },
    ]
  }

  private static var times: [CSVColumn] {
    [
      CSVColumn("firstRegion_ns", "The time of the first of several regions.") { $0.report?.regions?.first },
      CSVColumn("region_ns", "The time of the region; of several, the median of all but the first.") {
        $0.report?.region
      },
      CSVColumn("rate_per_s", "The numbers, operations, requests or executions per second.") {
        CSVTrial.number($0.trial.failure == nil ? $0.measured?.rate : nil)
      },
      CSVColumn(
        "speedup", "The speedup over `single`, or over the command with one worker, of the same round."
      ) { CSVTrial.number($0.speedup, decimals: 4) },
      CSVColumn("wall_ns", "The wall time of the process.") { $0.process?.wall },
      CSVColumn("userTime_ns", "The user CPU time of the process tree.") { $0.process?.userTime },
      CSVColumn("systemTime_ns", "The system CPU time of the process tree.") { $0.process?.systemTime },
    ]
  }

  private static var resources: [CSVColumn] {
    [
      CSVColumn("voluntaryContextSwitches", "The voluntary context switches.") {
        $0.process?.voluntaryContextSwitches
      },
      CSVColumn("involuntaryContextSwitches", "The involuntary context switches.") {
        $0.process?.involuntaryContextSwitches
      },
      CSVColumn("minorPageFaults", "The page faults that needed no input.") { $0.process?.minorPageFaults },
      CSVColumn("majorPageFaults", "The page faults that needed input.") { $0.process?.majorPageFaults },
      CSVColumn("peakMemory_bytes", "The peak memory of the largest process.") {
        $0.report?.largestPeakMemory
      },
      CSVColumn("restarts", "The workers that were lost and replaced.") { row in
        row.report.map { $0.restarts?.count ?? 0 }
      },
    ]
  }

  private static var energies: [CSVColumn] {
    [
      CSVColumn("processorEnergy_uJ", "The energy of the processors.") { $0.energy?.processor },
      CSVColumn("memoryEnergy_uJ", "The energy of memory.") { $0.energy?.memory },
      CSVColumn("platformEnergy_uJ", "The energy of the whole machine.") { $0.energy?.platform },
      CSVColumn("work_per_J", "The numbers or operations per joule.") { row in
        row.trial.warmUp ? nil : row.energy.flatMap { _ in CSVTrial.number(row.measured?.workPerJoule) }
      },
    ]
  }

  private static var arrays: [CSVColumn] {
    [
      CSVColumn("operation", "The operation.", in: .arrays) { $0.configuration.operation },
      CSVColumn("size_bytes", "The bytes of each array.", in: .arrays) { $0.configuration.size },
      CSVColumn("bandwidth_bytes_per_s", "The bandwidth.", in: .arrays) {
        CSVTrial.number($0.report?.bandwidth, decimals: 0)
      },
    ]
  }

  private static var commands: [CSVColumn] {
    [
      CSVColumn("command", "The command line.", in: .commands) { $0.configuration.command?.line },
      CSVColumn("outputHash", "The hash of its output.", in: .commands) { $0.report?.outputHash },
      CSVColumn("leftBehind", "The processes that it left behind.", in: .commands) { row in
        row.configuration.command.flatMap { _ in row.report.map { $0.leftBehind ?? 0 } }
      },
    ]
  }

  /// Returns an integer, as text if a spreadsheet would round it.
  private static func exactText(_ result: ExactInteger) -> String {
    let digits = result.description
    return digits.count > 15 ? "'\(digits)" : digits
  }
}
