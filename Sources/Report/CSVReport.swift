import Analysis
import Formatting
import Records

/// Returns runs as comma-separated values (RFC 4180), one row per trial, including warm-ups and failures. Times are in
/// nanoseconds and memory in bytes; a value that was not measured is empty.
public func csvReport(of runs: [RunRecord]) -> String {
  let titles = [
    "host", "workload", "model", "kernel", "instructionSet", "workers", "schedule", "grain", "upTo",
    "duration", "repetitions",
    "round", "warmUp", "outlier", "result", "firstRegion", "region",
    "wall", "userTime", "systemTime", "voluntaryContextSwitches", "involuntaryContextSwitches",
    "minorPageFaults", "majorPageFaults", "peakMemory", "restarts", "failure",
  ]
  var text = line(titles)
  for run in runs {
    let configurations = run.plan.configurations
    for (trial, isOutlier) in zip(run.trials, run.outlierFlags)
    where configurations.indices.contains(trial.configuration) {
      text += line(row(run.host, configurations[trial.configuration], trial, isOutlier))
    }
  }
  return text
}

private func line(_ fields: [String]) -> String {
  fields.map(field).joined(separator: ",") + "\r\n"
}

private func row(
  _ host: String, _ configuration: Configuration, _ trial: Trial, _ isOutlier: Bool?
) -> [String] {
  let (process, report) = (trial.process, trial.report)
  return [
    host, configuration.workload, configuration.model, configuration.kernel,
    report?.instructionSet ?? "", "\(configuration.workers)",
  ]
    + [configuration.schedule ?? "", text(report?.grain ?? configuration.grain)]
    + [text(configuration.upTo), text(configuration.duration), text(configuration.repetitions)]
    + ["\(trial.round)", "\(trial.warmUp)", text(isOutlier)]
    + [text(report?.result), text(report?.regions?.first), text(report?.region)]
    + [text(process?.wall), text(process?.userTime), text(process?.systemTime)]
    + [text(process?.voluntaryContextSwitches), text(process?.involuntaryContextSwitches)]
    + [text(process?.minorPageFaults), text(process?.majorPageFaults)]
    + [text(report?.largestPeakMemory), text(report.map { $0.restarts?.count ?? 0 }), trial.failure ?? ""]
}

private func text(_ value: (some CustomStringConvertible)?) -> String {
  value?.description ?? ""
}

/// Returns a text as one field, quoted if necessary. A text that a spreadsheet would take for a formula gets a leading
/// quote. It works on scalars, because a comma and a combining mark are one character.
private func field(_ text: String) -> String {
  let line = Readable.line(text, limit: .max).unicodeScalars
  let isFormula = line.first.map("=+-@".unicodeScalars.contains) ?? false
  let safe = (isFormula ? "'" : "") + String(line)
  guard line.contains(where: "\",".unicodeScalars.contains) else { return safe }
  let parts = safe.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
  return "\"" + parts.map { String($0) }.joined(separator: "\"\"") + "\""
}
