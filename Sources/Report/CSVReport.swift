import Analysis
import Formatting
import Records

/// Returns runs as comma-separated values (RFC 4180), one row per trial, including warm-ups and failures. Times are in
/// nanoseconds, memory in bytes and energies in microjoules; a value that was not measured is empty. The columns of
/// servers, of arrays and of commands are there only if a run has the workload `serve`, `memory` or `command`.
public func csvReport(of runs: [RunRecord]) -> String {
  let titles = [
    "host", "workload", "model", "kernel", "instructionSet", "workers", "schedule", "grain", "placement",
    "upTo",
    "duration", "repetitions",
    "round", "warmUp", "outlier", "foreignLoad", "disturbed", "result", "firstRegion", "region",
    "wall", "userTime", "systemTime", "voluntaryContextSwitches", "involuntaryContextSwitches",
    "minorPageFaults", "majorPageFaults", "peakMemory", "restarts",
    "processorEnergy", "memoryEnergy", "platformEnergy", "workPerJoule",
  ]
  let hasArrays = runs.contains { $0.plan.configurations.contains { $0.operation != nil } }
  let hasServers = runs.contains { $0.plan.configurations.contains { $0.traffic != nil } }
  let hasCommands = runs.contains { $0.plan.configurations.contains { $0.command != nil } }
  var text = line(
    titles + (hasArrays ? ["operation", "size", "bandwidth"] : []) + (hasServers ? serviceTitles : [])
      + (hasCommands ? ["command", "outputHash", "leftBehind"] : []) + ["failure"])
  for run in runs {
    let configurations = run.plan.configurations
    for (trial, isOutlier) in zip(run.trials, run.outlierFlags)
    where configurations.indices.contains(trial.configuration) {
      let configuration = configurations[trial.configuration]
      text += line(
        row(run, configuration, trial, isOutlier) + (hasArrays ? arrayFields(trial, configuration) : [])
          + (hasServers ? serviceFields(of: trial, configuration, in: run) : [])
          + (hasCommands ? commandFields(of: trial, configuration) : []) + [trial.failure ?? ""])
    }
  }
  return text
}

private func line(_ fields: [String]) -> String {
  fields.map(field).joined(separator: ",") + "\r\n"
}

private func row(
  _ run: RunRecord, _ configuration: Configuration, _ trial: Trial, _ isOutlier: Bool?
) -> [String] {
  let (process, report) = (trial.process, trial.report)
  return [
    run.host, configuration.workload, configuration.model, configuration.kernel,
    report?.instructionSet ?? "", "\(configuration.workers)",
  ]
    + [configuration.schedule ?? "", csvText(report?.grain ?? configuration.grain)]
    + [configuration.placement ?? ""]
    + [csvText(configuration.upTo), csvText(configuration.duration), csvText(configuration.repetitions)]
    + ["\(trial.round)", "\(trial.warmUp)", csvText(isOutlier)]
    + foreignLoad(of: process, run.plan)
    + [csvText(report?.result), csvText(report?.regions?.first), csvText(report?.region)]
    + [csvText(process?.wall), csvText(process?.userTime), csvText(process?.systemTime)]
    + [csvText(process?.voluntaryContextSwitches), csvText(process?.involuntaryContextSwitches)]
    + [csvText(process?.minorPageFaults), csvText(process?.majorPageFaults)]
    + [csvText(report?.largestPeakMemory), csvText(report.map { $0.restarts?.count ?? 0 })]
    + energy(of: trial, configuration, in: run)
}

/// Returns the command line of a trial, the hash of its output and the processes that it left behind.
private func commandFields(of trial: Trial, _ configuration: Configuration) -> [String] {
  [
    configuration.command?.line ?? "", csvText(trial.report?.outputHash),
    csvText(configuration.command.flatMap { _ in trial.report.map { $0.leftBehind ?? 0 } }),
  ]
}

/// Returns the operation of `memory`, the bytes of each array, and the bytes per second; empty for any other workload.
private func arrayFields(_ trial: Trial, _ configuration: Configuration) -> [String] {
  [
    configuration.operation ?? "", csvText(configuration.size),
    csvText(trial.report?.bandwidth.map { Readable.fixed($0, decimals: 0) }),
  ]
}

/// Returns the energies of a trial by part of the machine, and its work per joule.
private func energy(of trial: Trial, _ configuration: Configuration, in run: RunRecord) -> [String] {
  guard let energy = trial.process?.activity?.energy else { return ["", "", "", ""] }
  let measured = MeasuredTrial(
    trial, of: configuration, effectiveCPUs: run.passport.effectiveCPUs,
    mostForeignLoad: run.plan.foreignLoadLimit)
  return [
    csvText(energy.processor), csvText(energy.memory), csvText(energy.platform),
    measured?.workPerJoule.map { Readable.fixed($0, decimals: 3) } ?? "",
  ]
}

/// Returns the foreign load of an execution, and whether it was disturbed.
private func foreignLoad(of process: ProcessRecord?, _ plan: Plan) -> [String] {
  guard let process, let load = process.foreignLoad else { return ["", ""] }
  return [Readable.fixed(load, decimals: 3), "\(process.isDisturbed(beyond: plan.foreignLoadLimit))"]
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
