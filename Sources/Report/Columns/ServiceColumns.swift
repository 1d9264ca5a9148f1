import Analysis
import Formatting
import Records

/// The columns about servers and the load generator; empty for any workload but `serve`.
extension ReportColumn {
  static let services = [
    latency("p50", .standard, rank: 4, percentile: 50, meaning: "The median latency"),
    latency(
      "p99", .standard, rank: 2, percentile: 99,
      meaning: "The latency that 99 % of the requests did not exceed"),
    ReportColumn(
      "server", .standard, rank: 1,
      meaning:
        "The cores that the server kept busy: the CPU time of its process tree over the time for which requests were "
        + "offered."
    ) { row, _ in
      row.median(of: \.serverCores).map(cores)
    },
    ReportColumn(
      "generator", .standard, rank: 3, meaning: "The cores that the load generator kept busy."
    ) { row, _ in
      row.median(of: \.generatorCores).map(cores)
    },
    ReportColumn(
      "bound by", .standard,
      meaning:
        "Which side ran out of CPU time before the offered rate was reached: `server`, `generator` or `neither`. Rows that "
        + "the generator bounds are not ranked."
    ) { row, _ in
      row.service?.limit.rawValue
    },
    latency(
      "p99.9", .spread, rank: 6, percentile: 99.9,
      meaning: "The latency that 99.9 % of the requests did not exceed"),
    latency("longest", .spread, rank: 8, percentile: 100, meaning: "The longest latency"),
    ReportColumn(
      "answers/s", .resources, rank: 6,
      meaning: "The correct answers per second; it can exceed the offered rate by chance."
    ) { row, _ in
      row.median(of: \.answerRate).map { Readable.fixed($0, decimals: $0 < 99.95 ? 1 : 0) }
    },
    ReportColumn(
      "lost requests", .resources, rank: 5,
      meaning: "The requests that failed or had no answer at the end, in all trials, if there are any."
    ) { row, workload in
      workload.rows.contains { ($0.service?.lost ?? 0) > 0 } ? row.service.map { "\($0.lost)" } : nil
    },
  ]

  /// Makes the column of a percentile of the latencies of all trials that count.
  private static func latency(
    _ title: String, _ group: Group, rank: Int, percentile: Double, meaning: String
  ) -> ReportColumn {
    ReportColumn(
      title, group, rank: rank,
      meaning: "\(meaning), of all trials together. It counts from the moment at which the request was due."
    ) { row, _ in
      row.service?.latency.time(atPercentile: percentile).map { Readable.duration(nanoseconds: Double($0)) }
    }
  }

  private static func cores(_ value: Double) -> String { Readable.fixed(value, decimals: 2) }
}
