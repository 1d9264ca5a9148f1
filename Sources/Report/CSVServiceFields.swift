import Analysis
import Formatting
import Records

/// The titles of the columns of servers.
let serviceTitles = [
  "path", "rate", "connections", "cpuTimePerRequest", "answers", "answerRate", "p50", "p90", "p99", "p99.9",
  "longest",
  "serverCores", "generatorCores", "answerFairness", "limit", "sharesCPUs", "sent", "failed", "unanswered",
  "loadGenerator",
]

/// Returns the fields of a trial for the columns of servers; all are empty for any workload but `serve`.
func serviceFields(of trial: Trial, _ configuration: Configuration, in run: RunRecord) -> [String] {
  guard let traffic = configuration.traffic else { return serviceTitles.map { _ in "" } }
  let report = trial.report?.traffic
  let measured = MeasuredTrial(counting: trial, of: configuration, in: run)
  func number(_ value: Double?) -> String { csvText(value.map { Readable.fixed($0, decimals: 3) }) }
  let percentiles = [50, 90, 99, 99.9, 100].map { csvText(report?.latency.time(atPercentile: $0)) }
  return [traffic.path, csvText(traffic.rate.map { Readable.plain($0) }), "\(traffic.connections)"]
    + [
      number(measured?.time), csvText(report.flatMap { _ in trial.report?.result }),
      number(report?.achievedRate),
    ]
    + percentiles
    + [number(measured?.serverCores), number(measured?.generatorCores), number(measured?.fairness)]
    + [csvText(measured?.limit?.rawValue), csvText(trial.report?.sharesCPUs)]
    + [csvText(report?.sent), csvText(report?.errors.total), csvText(report?.unanswered)]
    + [traffic.generator ?? "scaleup load"]
}

/// Returns a value as a field; empty if it was not measured.
func csvText(_ value: (some CustomStringConvertible)?) -> String {
  value?.description ?? ""
}
