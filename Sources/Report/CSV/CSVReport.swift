import Analysis
import Formatting
import Records

/// Returns runs as comma-separated values (RFC 4180), one row per trial, including warm-ups and failures. Titles name the units;
/// a value that was not measured is empty. The columns of servers, of arrays and of commands are there only if a run has the
/// workload `serve`, `memory` or `command`.
public func csvReport(of runs: [RunRecord]) -> String {
  func has(_ isMember: (Configuration) -> Bool) -> Bool {
    runs.contains { $0.plan.configurations.contains(where: isMember) }
  }
  var groups: Set<CSVColumn.Group> = [.all]
  if has({ $0.operation != nil }) { groups.insert(.arrays) }
  if has({ $0.traffic != nil }) { groups.insert(.servers) }
  if has({ $0.command != nil }) { groups.insert(.commands) }
  let columns = CSVColumn.all.filter { groups.contains($0.group) }
  var text = line(columns.map(\.title))
  for run in runs {
    let configurations = run.plan.configurations
    let (outliers, speedups) = (run.outlierFlags, run.trialSpeedups)
    for (position, trial) in run.trials.enumerated()
    where configurations.indices.contains(trial.configuration) {
      let row = CSVTrial(
        run: run, configuration: configurations[trial.configuration], trial: trial,
        isOutlier: outliers[position],
        speedup: speedups[position])
      text += line(columns.map { $0.field(row)?.description ?? "" })
    }
  }
  return text
}

private func line(_ fields: [String]) -> String {
  fields.map(field).joined(separator: ",") + "\r\n"
}

/// Returns a text as one field, quoted if necessary. It works on scalars, because a comma and a combining mark are one
/// character.
private func field(_ text: String) -> String {
  // Where a comma is the decimal mark, spreadsheets split fields at semicolons too.
  let parts = Readable.line(text, limit: .max).unicodeScalars.split(
    separator: ";", omittingEmptySubsequences: false)
  let safe = parts.map { withoutFormula(String($0)) }.joined(separator: ";").unicodeScalars
  guard safe.contains(where: "\",;".unicodeScalars.contains) else { return String(safe) }
  let pieces = safe.split(separator: "\"", omittingEmptySubsequences: false)
  return "\"" + pieces.map { String($0) }.joined(separator: "\"\"") + "\""
}

/// Returns a text that no spreadsheet takes for a formula: one that would be gets a leading quote.
private func withoutFormula(_ text: String) -> String {
  let first = text.unicodeScalars.first { $0 != " " }
  return (first.map("=+-@＝＋－＠".unicodeScalars.contains) ?? false) ? "'\(text)" : text
}
