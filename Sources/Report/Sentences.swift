import Analysis
import Records

/// The machine and the time of a run in one line.
func heading(of run: RunRecord) -> String {
  let processor = run.passport.processor ?? run.passport.architecture
  let cpus = Readable.count(run.passport.effectiveCPUs, "effective CPU")
  return Readable.line("scaleup \(run.version) on \(run.host): \(processor), \(cpus), \(run.startedAt)")
}

/// The fastest model, how much it gains, and how much of the machine it keeps busy.
func verdict(on run: RunRecord, _ analysis: RunAnalysis) -> String {
  guard let fastest = analysis.fastest else { return "Nothing was measured." }
  let configuration = fastest.configuration
  let workers = Readable.count(configuration.workers, "worker")
  var sentence = "Fastest on this machine: \(configuration.model) with \(workers)"
  if let speedup = fastest.speedup, configuration.model != "single" {
    sentence += ", \(Readable.fixed(speedup, decimals: 2)) times the speed of single"
  }
  sentence += " on \(configuration.workload)"
  if let utilization = fastest.utilization {
    let cpus = Readable.count(run.passport.effectiveCPUs, "CPU")
    sentence += ", keeping \(Readable.percent(utilization)) of \(cpus) busy"
  }
  return Readable.line(sentence) + "."
}

/// What a reader should know before trusting the figures, a line each.
func cautions(on run: RunRecord, _ analysis: RunAnalysis) -> [String] {
  var lines: [String] = []
  if run.trials.count < run.plan.trialCount {
    lines.append("Incomplete: \(run.trials.count) of \(run.plan.trialCount) trials were done.")
  }
  let rows = analysis.tables.flatMap(\.rows)
  if !rows.isEmpty, rows.allSatisfy({ $0.trials == 1 }) {
    lines.append("One trial each: expect other figures from the next run.")
  }
  // A region of 100 ms or more: below, starting the process is a part of the wall time that counts.
  let lone = rows.filter { $0.configuration.workers == 1 && $0.region.median >= 100_000_000 }
  if let least = lone.compactMap(\.busyCores).min(), least < 0.95 {
    lines.append(
      "One worker got only \(Readable.fixed(least, decimals: 2)) of a core: other programs or a limit held it "
        + "back. Measure again when the machine is idle.")
  }
  return lines
}

/// A line for what failed: first what it was and how often, then why.
func failureLines(of analysis: RunAnalysis) -> [String] {
  analysis.failures.map { failure in
    let configuration = failure.configuration
    let workers = Readable.count(configuration.workers, "worker")
    let times = failure.count == 1 ? "" : " (\(failure.count) trials)"
    return Readable.line(
      "FAILED: \(configuration.model) \(configuration.workload) with \(workers)\(times): \(failure.reason)",
      limit: 1000)
  }
}

/// What `!` behind a number of workers means.
let oversubscriptionNote = "! more workers than effective CPUs"
