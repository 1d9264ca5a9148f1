import Analysis
import Formatting
import Records

extension CSVColumn {
  /// The columns of servers; empty for any workload but `serve`.
  static var servers: [CSVColumn] {
    [
      server("path", "The path of the requests.") { $0.configuration.traffic?.path },
      server("offeredRate_per_s", "The requests due per second; empty for a closed loop.") {
        $0.configuration.traffic?.rate.map { Readable.plain($0) }
      },
      server("connections", "The connections.") { $0.configuration.traffic?.connections },
      server("cpuTimePerRequest_ns", "The CPU time of the server per correct answer.") {
        CSVTrial.number($0.measured?.time)
      },
      server("answers", "The correct answers.") { row in
        row.report?.traffic.flatMap { _ in row.report?.result }
      },
      server("answerRate_per_s", "The correct answers per second.") {
        CSVTrial.number($0.report?.traffic?.achievedRate)
      },
    ] + percentiles + [
      server("serverCores", "The cores that the server kept busy.") {
        CSVTrial.number($0.measured?.serverCores)
      },
      server("generatorCores", "The cores that the load generator kept busy.") {
        CSVTrial.number($0.measured?.generatorCores)
      },
      server("answerFairness", "The answers of the slowest worker over those of the fastest.") {
        CSVTrial.number($0.measured?.fairness)
      },
      server("limit", "The side that ran out of CPU time: server, generator or neither.") {
        $0.measured?.limit?.rawValue
      },
      server("sharesCPUs", "Whether server and generator shared the CPUs.") { $0.report?.sharesCPUs },
      server("sent", "The requests sent.") { $0.report?.traffic?.sent },
      server("failed", "The requests that failed.") { $0.report?.traffic?.errors.total },
      server("unanswered", "The requests without an answer at the end.") { $0.report?.traffic?.unanswered },
      server("loadGenerator", "The load generator.") {
        $0.configuration.traffic?.generator ?? "scaleup load"
      },
    ]
  }

  private static var percentiles: [CSVColumn] {
    let all: [(title: String, percentile: Double, meaning: String)] = [
      ("p50_ns", 50, "The median latency."),
      ("p90_ns", 90, "The latency that 90 % of the requests did not exceed."),
      ("p99_ns", 99, "The latency that 99 % of the requests did not exceed."),
      ("p99.9_ns", 99.9, "The latency that 99.9 % of the requests did not exceed."),
      ("longest_ns", 100, "The longest latency."),
    ]
    return all.map { title, percentile, meaning in
      server(title, meaning) { $0.report?.traffic?.latency.time(atPercentile: percentile) }
    }
  }

  private static func server(
    _ title: String, _ meaning: String, _ field: @escaping (CSVTrial) -> (any CustomStringConvertible)?
  ) -> CSVColumn {
    CSVColumn(title, meaning, in: .servers) { $0.configuration.traffic == nil ? nil : field($0) }
  }
}
