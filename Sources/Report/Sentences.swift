import Analysis
import Formatting
import Records

/// The machine and the time of a run in one line.
func heading(of run: RunRecord) -> String {
  heading(run.version, run.host, run.passport, run.startedAt)
}

/// What was measured with, on what and when, in one line.
func heading(_ version: String, _ host: String, _ passport: Passport, _ startedAt: String) -> String {
  let processor = passport.processor ?? passport.architecture
  let cpus = Readable.count(passport.effectiveCPUs, "effective CPU")
  return Readable.line("scaleup \(version) on \(host): \(processor), \(cpus), \(startedAt)")
}

/// The fastest model, how much it gains, and how much of the machine it keeps busy; then what vectors add, and how
/// the fastest peer compares. A sentence a line.
func verdict(on analysis: RunAnalysis) -> [String] {
  guard let fastest = analysis.fastest else {
    if analysis.workloads.isEmpty { return ["Nothing was measured."] }
    let peer = analysis.fastestPeer.map { "Fastest of the peers: \(name(of: $0.configuration))." }
    return [Readable.line(peer ?? "No model of the suite was measured.")]
  }
  var sentence =
    fastest.hosts.count > 1
    ? "Fastest: \(name(of: fastest.configuration)) on \(fastest.hosts.count) machines"
    : "Fastest on this machine: \(name(of: fastest.configuration))"
  if let speedup = fastest.speedup, fastest.configuration.model != "single" {
    sentence += ", \(Readable.fixed(speedup, decimals: 2)) times the speed of single"
  }
  sentence += " on \(fastest.configuration.workload)"
  if let utilization = fastest.median(of: \.utilization) {
    let cpus = Readable.count(fastest.measured.cores, "CPU")
    sentence += ", keeping \(Readable.percent(utilization)) of \(cpus) busy"
  }
  sentence += asFastClause(fastest, analysis.asFast)
  let more = [vectorSentence(analysis), peerSentence(fastest, analysis)].compactMap(\.self)
  return ([sentence + "."] + more).map { Readable.line($0, limit: 1000) }
}

/// Which models the data cannot tell from the fastest: by name, and with their workers and schedule where these differ.
private func asFastClause(_ fastest: ConfigurationAnalysis, _ others: [ConfigurationAnalysis]) -> String {
  if others.isEmpty { return "" }
  let names = others.map(\.configuration).map { other in
    let isAlike =
      other.workers == fastest.configuration.workers
      && scheduleText(of: other) == scheduleText(of: fastest.configuration)
    return isAlike ? other.model : name(of: other)
  }
  let last =
    names.dropLast().isEmpty
    ? names[0] : "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
  return "; \(last) cannot be told from it"
}

private func name(of configuration: Configuration) -> String {
  let schedule = configuration.schedule.map { " and the \($0) schedule" } ?? ""
  return "\(configuration.model) with \(Readable.count(configuration.workers, "worker"))\(schedule)"
}

private func vectorSentence(_ analysis: RunAnalysis) -> String? {
  guard let fastest = analysis.fastestWithVectors, let gain = fastest.overScalar else { return nil }
  return "With the \(fastest.configuration.kernel) kernel: \(name(of: fastest.configuration)), "
    + "\(Readable.fixed(gain, decimals: 1)) times the speed of single with the scalar kernel."
}

private func peerSentence(_ fastest: ConfigurationAnalysis, _ analysis: RunAnalysis) -> String? {
  guard let peer = analysis.fastestPeer, peer.rate.median > 0, fastest.rate.median > 0,
    fastest.configuration.kernel == peer.configuration.kernel
  else { return nil }
  let ratio = peer.rate.median / fastest.rate.median
  let comparison =
    ratio >= 1
    ? "\(fastest.configuration.model) takes \(Readable.fixed(ratio, decimals: 2)) times as long"
    : "it takes \(Readable.fixed(1 / ratio, decimals: 2)) times as long as \(fastest.configuration.model)"
  return "Fastest of the peers: \(name(of: peer.configuration)); \(comparison)."
}

/// What a reader should know before trusting the figures, a line each.
func cautions(on run: RunRecord, _ analysis: RunAnalysis) -> [String] {
  var lines: [String] = []
  if run.trials.count < run.plan.trialCount {
    lines.append("Incomplete: \(run.trials.count) of \(run.plan.trialCount) trials were done.")
  }
  if let resumed = run.resumedAt, !resumed.isEmpty {
    let moments = resumed.joined(separator: ", ")
    lines.append(
      Readable.line("Ended early and was carried on at \(moments): the machine may have changed meanwhile."))
  }
  let rows = analysis.workloads.flatMap(\.rows)
  lines += precisionCaution(run.plan.precision, rows).map { [$0] } ?? []
  if !rows.isEmpty, rows.allSatisfy({ $0.trials == 1 }) {
    lines.append("One trial each: expect other figures from the next run.")
  }
  // A region of 100 ms or more: below, starting the process is a part of the wall time that counts. So is always a
  // launcher.
  let lone = rows.filter {
    $0.configuration.workers == 1 && $0.hosts.isEmpty && $0.region.median >= 100_000_000
  }
  if let least = lone.compactMap({ $0.median(of: \.busyCores) }).min(), least < 0.95 {
    lines.append(
      "One worker got only \(Readable.fixed(least, decimals: 2)) of a core: other programs or a limit held it "
        + "back. Measure again when the machine is idle.")
  }
  lines += disturbances(of: run) + [driftSentence(analysis.drift)].compactMap(\.self)
  return lines + refusedLaws(analysis.workloads)
}

/// Why there is no table of scaling laws, each reason once; empty where there is one of every workload.
private func refusedLaws(_ tables: [WorkloadAnalysis]) -> [String] {
  var seen: Set<String> = []
  let reasons = tables.compactMap(\.lawShortage).filter { seen.insert($0).inserted }
  let shortages = reasons.map { reason in
    let workloads = tables.filter { $0.lawShortage == reason }.map(\.workload).joined(separator: " and ")
    return Readable.line("No scaling law is fitted to \(workloads): \(reason).", limit: 1000)
  }
  return shortages + tables.filter { $0.lawShortage == nil && $0.lawSection == nil }.flatMap(\.lawRefusals)
}

/// A line for what failed: first what it was and how often, then why.
func failureLines(_ failures: [RunAnalysis.Failure]) -> [String] {
  failures.map { failure in
    let configuration = failure.configuration
    let workers = Readable.count(configuration.workers, "worker")
    let times = failure.count == 1 ? "" : " (\(failure.count) trials)"
    let kernel = configuration.kernel == "scalar" ? nil : configuration.kernel
    let what = [configuration.model, configuration.workload, kernel, scheduleText(of: configuration)]
      .compactMap(\.self).joined(separator: " ")
    return Readable.line("FAILED: \(what) with \(workers)\(times): \(failure.reason)", limit: 1000)
  }
}

/// What of the precision was not reached; `nil` where it was, or none was asked for.
private func precisionCaution(_ precision: Double?, _ rows: [ConfigurationAnalysis]) -> String? {
  guard let precision else { return nil }
  let known = rows.filter { ($0.precision ?? .infinity) <= precision }
  guard known.count < rows.count, let widest = rows.max(by: { ($0.precision ?? 0) < ($1.precision ?? 0) }),
    let most = widest.precision
  else { return nil }
  return Readable.line(
    "Within the budget \(known.count) of \(rows.count) medians came to be known to ±\(Readable.percent(precision)); the "
      + "widest, \(name(of: widest.configuration)) on \(widest.configuration.workload), to ±\(Readable.percent(most))."
  )
}
