import Analysis
import Formatting

/// The columns about commands; empty for any other workload.
extension ReportColumn {
  static let commands = [
    ReportColumn(
      "CPU time", .resources, rank: 6,
      meaning: "The CPU time (user and system) of a command's whole process tree in one trial."
    ) { row, workload in
      workload.command == nil ? nil : row.median(of: \.cpuTime).map { Readable.duration(nanoseconds: $0) }
    },
    ReportColumn(
      "peak memory", .resources, rank: 7,
      meaning:
        "The peak memory of the largest process of a command. It is unknown if it is below that of scaleup, which starts it."
    ) { row, workload in
      workload.command == nil
        ? nil
        : row.median(of: { $0.report.peakMemory.map { Double($0) } }).map {
          Readable.memory(bytes: UInt64($0))
        }
    },
    ReportColumn(
      "executions/s", .resources, rank: 5,
      meaning: "The executions per second of a command that runs several times at once."
    ) { row, workload in
      workload.command?.isParallel == true ? Readable.fixed(row.rate.median, decimals: 3) : nil
    },
    ReportColumn(
      "left behind", .resources, rank: 5,
      meaning:
        "The most processes that a command left behind in one trial, if there were any. They were ended."
    ) { row, _ in
      row.measured.trials.compactMap(\.report.leftBehind).max().map { "\($0)" }
    },
  ]
}
