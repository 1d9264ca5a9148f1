import Analysis
import Formatting
import Records

/// The catalogue of columns, in the order in which tables show them.
extension ReportColumn {
  static let all = names + measures + services + spreads + resources + commands + energies

  private static let names = [
    ReportColumn(
      "model", .name,
      meaning:
        "The concurrency model or the name of a command, with the kernel (unless scalar), the schedule and the placement if it has them. "
        + "`~`: the answer is inexact. `*`: the N differs from the title's. `?`: other programs disturbed every trial."
    ) { row, workload in
      workload.label(of: row.configuration) + (row.inexactAnswer == nil ? "" : "~")
        + (row.configuration.upTo == workload.upTo || workload.operation != nil ? "" : "*")
        + (row.measured.isDisturbed ? "?" : "")
    },
    ReportColumn(
      "workers", .name,
      meaning:
        "The number of workers. `!`: more than the effective CPUs. `&`: server and load generator shared the CPUs."
    ) { row, _ in
      "\(row.configuration.workers)" + (row.isOversubscribed ? "!" : "")
        + (row.service?.sharesCPUs == true ? "&" : "")
    },
    ReportColumn("machines", .name, meaning: "The machines that a launcher used.") { row, _ in
      row.hosts.isEmpty ? nil : "\(row.hosts.count)"
    },
    ReportColumn(
      "ranks", .name, meaning: "The processes of a launcher × the threads of each, if a process has several."
    ) { row, workload in
      workload.hasThreads ? row.rankText : nil
    },
  ]

  private static let measures = [
    ReportColumn(
      "time", .standard,
      meaning:
        "The median time of the region, from creating the first worker to merging the last result. Of several "
        + "regions in one process, the median of all but the first. Of a command, the wall time of its execution, or of all at "
        + "once."
    ) { row, workload in
      workload.duration == nil ? Readable.duration(nanoseconds: row.region.median) : nil
    },
    ReportColumn(
      "GB/s", .standard,
      meaning:
        "The median bandwidth of `memory`, in 10^9 bytes per second. As in STREAM, 16 bytes count for a step of copy and "
        + "scale, 24 for one of add and triad."
    ) { row, _ in
      row.bandwidth.map { Readable.fixed($0 / 1e9, decimals: $0 < 9.95e9 ? 2 : 1) }
    },
    ReportColumn(
      "operations/s", .standard, meaning: "The median rate of a workload of fixed time."
    ) { row, workload in
      workload.duration == nil || workload.traffic != nil ? nil : Readable.large(row.rate.median)
    },
    ReportColumn(
      "CPU/request", .standard,
      meaning:
        "The median CPU time (user and system) of a server's process tree per correct answer, from its start to its end, "
        + "warm-up included. Rows of `serve` are ranked by it."
    ) { row, _ in
      row.service.map { _ in Readable.duration(nanoseconds: row.region.median) }
    },
    ReportColumn(
      "±", .standard, rank: 3,
      meaning:
        "The precision of the median: half of its 95 % confidence interval, relative to the median. It needs five "
        + "trials; with five, the level is 94 %."
    ) { row, _ in
      row.precision.map(Readable.percent)
    },
    ReportColumn(
      "speedup", .standard,
      meaning:
        "How many times as fast as `single` in the same rounds with the same kernel, or as the same command with one worker: "
        + "the median of the rounds' ratios."
    ) { row, _ in
      row.speedup.map { "\(ratio($0))×" }
    },
    ReportColumn(
      "efficiency", .standard, rank: 2, meaning: "Speedup over workers: 1 is perfect scaling."
    ) { row, _ in
      row.efficiency.map(ratio)
    },
    ReportColumn(
      "utilization", .standard, rank: 1,
      meaning:
        "Core utilization: the CPU time of all workers over the region's time and the effective CPUs (of all machines "
        + "with a launcher); of a command, that of its whole process tree. The bar shows it."
    ) { row, _ in
      row.median(of: \.utilization).map(Readable.percent)
    },
  ]

  private static let spreads = [
    ReportColumn(
      "min", .spread, rank: 8,
      meaning: "The shortest region of a workload of fixed amount; the least CPU time per request of `serve`."
    ) {
      row, workload in
      workload.duration == nil || workload.traffic != nil
        ? Readable.duration(nanoseconds: row.region.minimum) : nil
    },
    ReportColumn(
      "max", .spread, rank: 8,
      meaning: "The longest region of a workload of fixed amount; the most CPU time per request of `serve`."
    ) {
      row, workload in
      workload.duration == nil || workload.traffic != nil
        ? Readable.duration(nanoseconds: row.region.maximum) : nil
    },
    ReportColumn(
      "speedup 95 %", .spread, rank: 5,
      meaning: "The 95 % confidence interval of the speedup. With five rounds, the level is 94 %."
    ) { row, _ in
      row.speedupInterval.map {
        interval(Readable.fixed($0.lower, decimals: 2), Readable.fixed($0.upper, decimals: 2))
      }
    },
    ReportColumn(
      "efficiency 95 %", .spread, rank: 11, meaning: "The 95 % confidence interval of the efficiency."
    ) { row, _ in
      row.efficiencyInterval.map { interval(ratio($0.lower), ratio($0.upper)) }
    },
    ReportColumn(
      "over scalar", .spread, rank: 9,
      meaning: "How many times as fast as `single` with the scalar kernel, if the table has several kernels."
    ) { row, workload in
      workload.kernels.count > 1 ? row.overScalar.map { "\(ratio($0))×" } : nil
    },
  ]

  private static let resources = [
    ReportColumn(
      "trials", .resources, rank: 12,
      meaning: "The trials that count: no warm-up, no failure, and not disturbed by other programs."
    ) { row, _ in
      "\(row.measured.undisturbedCount)"
    },
    ReportColumn(
      "disturbed", .resources, rank: 4,
      meaning: "The trials that other programs disturbed, if there are any. They do not count."
    ) { row, workload in
      workload.hasDisturbances ? "\(row.measured.disturbed.count)" : nil
    },
    ReportColumn(
      "busy cores", .resources, rank: 6,
      meaning: "CPU time (user and system) of the whole process tree over its wall time."
    ) { row, _ in
      row.median(of: \.busyCores).map(ratio)
    },
    ReportColumn(
      "process utilization", .resources, rank: 9,
      meaning:
        "Busy cores over the effective CPUs. It includes starting and ending the processes, which the utilization does "
        + "not."
    ) { row, workload in
      workload.command != nil ? nil : row.median(of: \.processUtilization).map(Readable.percent)
    },
    ReportColumn(
      "imbalance", .resources, rank: 7,
      meaning:
        "The core time that workers waited for the slowest, over the core time of the region; for fixed amounts."
    ) { row, _ in
      row.median(of: \.imbalance).map(Readable.percent)
    },
    ReportColumn(
      "fairness", .resources, rank: 7,
      meaning: "The fewest operations or answers of a worker over the most: 1 is fair; for fixed times."
    ) { row, _ in
      row.median(of: \.fairness).map(ratio)
    },
    ReportColumn(
      "switches", .resources, rank: 10,
      meaning: "The context switches of the process tree in one trial, voluntary and involuntary."
    ) { row, _ in
      row.median(of: \.contextSwitches).map { Readable.fixed($0, decimals: 0) }
    },
    ReportColumn(
      "first region", .resources, rank: 5,
      meaning: "The time of the first of several regions in one process: it pays for what is created once."
    ) { row, _ in
      row.median(of: \.firstRegion).map { Readable.duration(nanoseconds: $0) }
    },
    ReportColumn(
      "restarts", .resources, rank: 4, meaning: "The workers that were lost and replaced, in all trials."
    ) { row, workload in
      workload.hasRestarts ? "\(row.restarts)" : nil
    },
  ]

  private static func ratio(_ value: Double) -> String {
    Readable.fixed(value, decimals: value.magnitude < 0.0995 ? 4 : 2)
  }

  private static func interval(_ lower: String, _ upper: String) -> String { "\(lower)–\(upper)" }
}
