import Analysis
import Formatting
import Records
import Statistics

/// Returns the suite, the machine and the time of a run in one line.
func heading(of run: RunRecord) -> String {
  heading(run.version, run.host, run.passport, run.startedAt)
}

/// Returns the suite, the machine and the time of a measurement in one line.
func heading(_ version: String, _ host: String, _ passport: Passport, _ startedAt: String) -> String {
  let processor = passport.processor ?? passport.architecture
  let cpus = Readable.count(passport.effectiveCPUs, "CPU")
  return Readable.line("scaleup \(version) · \(host) · \(processor), \(cpus) · \(minute(of: startedAt))")
}

/// Returns a time such as `2026-11-28T00:36:21Z` as `2026-11-28 00:36 UTC`, and any other text as it is.
func minute(of time: String) -> String {
  guard time.count == 20, time.hasSuffix("Z"), time.dropFirst(10).first == "T" else { return time }
  return "\(time.prefix(10)) \(time.dropFirst(11).prefix(5)) UTC"
}

/// Returns the answer of a run in at most seven sentences: the speedup and the core utilization, the fastest model and
/// those tied with it, what the last doubling of workers brought and what twice the cores would bring, the greatest loss of
/// the fastest model, what more cores add to the bandwidth of memory, and the server with the least CPU
/// time per request. Of commands, it is a sentence for each of the first few.
///
/// - Parameter isBelowCard: Whether a card says what more cores bring and what the greatest loss is, so that no sentence does.
func answer(of analysis: RunAnalysis, isBelowCard: Bool = false) -> [String] {
  if analysis.isTooBusy { return [busySentence(analysis)] }
  let service = serviceSentence(analysis).map { [Readable.line($0, limit: 1000)] } ?? []
  guard let fastest = analysis.fastest else {
    if analysis.workloads.isEmpty { return ["Nothing was measured."] }
    if !service.isEmpty { return service }
    let peer = analysis.fastestPeer.map { "\(configurationName($0.configuration)) is the fastest peer." }
    return [Readable.line(peer ?? "No model of the suite was measured.")]
  }
  if fastest.row.configuration.command != nil {
    return commandSentences(analysis, isBelowCard: isBelowCard) + service
  }
  let decision = isBelowCard ? [] : GrowthAnswer.all(analysis).map(\.sentence) + [lossSentence(fastest.row)]
  let sentences: [String?] =
    [gainSentence(fastest), rankSentence(fastest)] + decision + [analysis.bandwidth.map(bandwidthSentence)]
  return sentences.compactMap(\.self).map { Readable.line($0, limit: 1000) } + service
}

/// Returns what vectors and further CPUs add and how the fastest peer compares, a sentence each.
func furtherAnswers(of analysis: RunAnalysis) -> [String] {
  guard let fastest = analysis.fastest?.row, !analysis.isTooBusy else { return [] }
  let sentences = [vectorSentence(analysis)] + coreSentences(analysis) + [peerSentence(fastest, analysis)]
  return sentences.compactMap(\.self).map { Readable.line($0, limit: 1000) }
}

/// Returns why nothing can be said about the models.
private func busySentence(_ analysis: RunAnalysis) -> String {
  "The machine was too busy to tell which model is fastest. Other programs disturbed \(analysis.disturbed) of "
    + "\(Readable.count(analysis.trials, "trial")): stop them and measure again, or set --foreign-load."
}

/// Returns how much the fastest configuration gains over one worker, and how busy it keeps the machine; `nil` if neither
/// is known.
private func gainSentence(_ fastest: Leader) -> String? {
  let row = fastest.row
  let configuration = row.configuration
  let isOne = configuration.workers == 1
  let busy = row.median(of: \.utilization).map { utilization in
    "\(isOne ? "keeps" : "keep") \(Readable.percent(utilization)) of "
      + "\(Readable.count(row.measured.cores, "CPU")) busy"
  }
  let speed =
    configuration.isReference
    ? nil
    : row.speedup.map { speedup in
      "\(isOne ? "runs" : "run") \(configuration.workName) "
        + "\(Readable.fixed(speedup, decimals: 2))× as fast as one\(intervalText(fastest, decimals: 2))"
    }
  let parts = [speed, busy].compactMap(\.self)
  if parts.isEmpty { return nil }
  let machines = row.hosts.count > 1 ? " on \(row.hosts.count) machines" : ""
  let what = speed == nil ? " of \(configuration.model)" : ""
  return
    "\(Readable.count(configuration.workers, "worker"))\(what)\(machines) \(parts.joined(separator: " and "))."
}

/// Returns the interval of the fastest configuration's speedup in parentheses, or nothing if it is unknown.
private func intervalText(_ fastest: Leader, decimals: Int) -> String {
  fastest.speedupInterval.map { " \(confidenceText($0, decimals: decimals))" } ?? ""
}

/// Returns a 95 % interval in parentheses.
func confidenceText(_ interval: Interval, decimals: Int) -> String {
  "(95 % CI \(Readable.fixed(interval.lower, decimals: decimals))–"
    + "\(Readable.fixed(interval.upper, decimals: decimals)))"
}

/// Returns the fastest model, and the models that are statistically tied with it.
private func rankSentence(_ fastest: Leader) -> String {
  let first = "\(fastest.row.configuration.model)\(variantPhrase(of: fastest.row.configuration))"
  if fastest.rivals == 0 { return "\(first) is the only model measured." }
  if !fastest.isTested {
    return
      "\(first) came first in this run; which model is fastest takes at least 5 undisturbed trials of each to tell."
  }
  return "\(first) is fastest\(ties(with: fastest).map { "; \($0) with it" } ?? "")."
}

/// Returns the models that are statistically tied with the fastest, by name, and with their workers, schedule and placement if
/// these differ; `nil` if none is.
func ties(with fastest: Leader) -> String? {
  let own = fastest.row.configuration
  let names = fastest.tied.map(\.configuration).map { other in
    let isAlike = other.workers == own.workers && variantText(of: other) == variantText(of: own)
    return isAlike ? other.model : configurationName(other)
  }
  guard let last = names.last else { return nil }
  return names.count == 1
    ? "\(last) is statistically tied"
    : "\(names.dropLast().joined(separator: ", ")) and \(last) are statistically tied"
}

/// Returns what held the fastest configuration back most; `nil` if it lost nothing, or
/// if that is unknown.
private func lossSentence(_ fastest: ConfigurationAnalysis) -> String? {
  guard let losses = fastest.losses else { return nil }
  guard let part = losses.notable else {
    if losses.lost < 0 { return nil }
    let least = Readable.fixed(LossAttribution.least * 100, decimals: 0)
    return "Nothing costs \(fastest.configuration.model) \(least) % of its core time or more."
  }
  return
    "The greatest loss of \(fastest.configuration.model) is \(Readable.percent(losses.share(of: part))) of its "
    + "core time, \(part.activity)."
}

func configurationName(_ configuration: Configuration) -> String {
  let workers = Readable.count(configuration.workers, "worker")
  return "\(configuration.model) with \(workers)\(variantPhrase(of: configuration))"
}

private func vectorSentence(_ analysis: RunAnalysis) -> String? {
  guard let fastest = analysis.fastestWithVectors, let gain = fastest.row.overScalar else { return nil }
  let configuration = fastest.row.configuration
  let verb = fastest.isTested ? "is fastest" : "came first in this run"
  return
    "With the \(configuration.kernel) kernel, \(configurationName(configuration)) \(verb): "
    + "\(Readable.fixed(gain, decimals: 1))× as fast as single with the scalar kernel"
    + "\(intervalText(fastest, decimals: 1))\(ties(with: fastest).map { "; \($0) with it" } ?? "")."
}

private func peerSentence(_ fastest: ConfigurationAnalysis, _ analysis: RunAnalysis) -> String? {
  guard let peer = analysis.fastestPeer, peer.rate.median > 0, fastest.rate.median > 0,
    fastest.configuration.kernel == peer.configuration.kernel
  else { return nil }
  let ratio = peer.rate.median / fastest.rate.median
  let comparison =
    ratio >= 1
    ? "\(fastest.configuration.model) takes \(Readable.fixed(ratio, decimals: 2))× as long"
    : "it takes \(Readable.fixed(1 / ratio, decimals: 2))× as long as \(fastest.configuration.model)"
  return "The fastest peer is \(configurationName(peer.configuration)); \(comparison)."
}

/// Returns the warnings that change how to read the figures, a sentence each.
func warnings(about run: RunRecord, _ analysis: RunAnalysis) -> [String] {
  var lines: [String] = []
  if run.trials.count < run.plan.trialCount {
    lines.append("Incomplete: \(run.trials.count) of \(run.plan.trialCount) trials were run.")
  }
  if let resumed = run.resumedAt, !resumed.isEmpty {
    let moments = resumed.joined(separator: ", ")
    lines.append(
      Readable.line("Interrupted and resumed at \(moments): the machine may have changed in between."))
  }
  if let parts = run.mergedFrom {
    let moments = Readable.list(parts.map(\.startedAt))
    lines.append(
      Readable.line(
        "Merged from \(Readable.count(parts.count, "run")), started at \(moments): the machine may have changed in "
          + "between."))
  }
  let rows = analysis.workloads.flatMap(\.rows)
  if !rows.isEmpty, rows.allSatisfy({ $0.trials == 1 }) {
    lines.append("One trial each: expect different numbers from the next run.")
  }
  // Below 100 ms, starting the process is a noticeable part of the wall time; with a launcher it always is.
  let lone = rows.filter {
    $0.configuration.workers == 1 && $0.configuration.command == nil && $0.hosts.isEmpty
      && $0.region.median >= 100_000_000
  }
  if !analysis.isTooBusy, let least = lone.compactMap({ $0.median(of: \.busyCores) }).min(), least < 0.95 {
    lines.append(
      "One worker got only \(Readable.fixed(least, decimals: 2)) of a core, because of other programs or a limit: "
        + "measure again when the machine is idle.")
  }
  return lines + orphanSentences(on: run) + disturbances(of: run)
    + [driftSentence(analysis.drift)].compactMap(\.self)
}

/// Returns everything to know before trusting the figures, a sentence each: the warnings, the precision that was not
/// reached, and the reasons there are no scaling laws.
func cautions(on run: RunRecord, _ analysis: RunAnalysis) -> [String] {
  let rows = analysis.workloads.flatMap(\.rows)
  return warnings(about: run, analysis) + [precisionCaution(run.plan.precision, rows)].compactMap(\.self)
    + refusedLaws(analysis.workloads)
}

/// Returns the reasons there is no table of scaling laws, each once; empty if every workload has one.
private func refusedLaws(_ tables: [WorkloadAnalysis]) -> [String] {
  var seen: Set<String> = []
  let reasons = tables.compactMap(\.lawShortage).filter { seen.insert($0).inserted }
  let shortages = reasons.map { reason in
    let workloads = tables.filter { $0.lawShortage == reason }.map(\.workload).joined(separator: " and ")
    return Readable.line("No scaling laws for \(workloads): \(reason).", limit: 1000)
  }
  return shortages + tables.filter { $0.lawShortage == nil && $0.lawSection == nil }.flatMap(\.lawRefusals)
}

/// Returns a line per failure: the configuration, the number of trials and the reason.
func failureLines(_ failures: [RunAnalysis.Failure]) -> [String] {
  failures.map { failure in
    let configuration = failure.configuration
    let workers = Readable.count(configuration.workers, "worker")
    let times = failure.count == 1 ? "" : " (\(failure.count) trials)"
    let kernel = configuration.kernel == "scalar" ? nil : configuration.kernel
    let what = [configuration.model, configuration.workName, kernel, variantText(of: configuration)]
      .compactMap(\.self).joined(separator: " ")
    return Readable.line("FAILED: \(what) with \(workers)\(times): \(failure.reason)", limit: 1000)
  }
}

/// Returns how many medians reached the precision; `nil` if all did, or if none was asked for.
private func precisionCaution(_ precision: Double?, _ rows: [ConfigurationAnalysis]) -> String? {
  guard let precision else { return nil }
  let known = rows.filter { ($0.precision ?? .infinity) <= precision }
  guard known.count < rows.count, let widest = rows.max(by: { ($0.precision ?? 0) < ($1.precision ?? 0) }),
    let most = widest.precision
  else { return nil }
  return Readable.line(
    "\(known.count) of \(rows.count) medians reached ±\(Readable.percent(precision)) within the budget; the widest is "
      + "\(configurationName(widest.configuration)) on \(widest.configuration.workName), ±\(Readable.percent(most))."
  )
}
