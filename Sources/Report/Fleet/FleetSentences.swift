import Analysis
import Formatting
import Records

/// Returns the reasons that a fleet ended early: its failure, and an interruption.
func fleetFailures(of record: FleetRecord) -> [String] {
  [
    record.failure.map { "FAILED: \(Readable.line($0))" },
    record.interrupted == true ? "INTERRUPTED after \(fleetClock(nanoseconds: record.duration))." : nil,
  ].compactMap(\.self)
}

/// Returns the outcome of a fleet in sentences, the most important first.
func fleetAnswers(of record: FleetRecord, _ simulated: SimulationRecord.Policy?) -> [String] {
  let outcome = FleetOutcome(record)
  return [
    requestSentence(record, outcome), groupSentence(outcome), delaySentence(record, outcome),
    simulated.flatMap { agreementSentence(record, $0) }, costSentence(record, outcome),
    (record.front?.jobs ?? record.points.last?.jobs).map(jobSentence),
    record.load.flatMap(loadFailureSentence),
    record.load.flatMap { remainder(of: $0, when: "the built-in traffic ended") },
    record.load.flatMap(limitSentence),
  ].compactMap(\.self)
}

private func requestSentence(_ record: FleetRecord, _ outcome: FleetOutcome) -> String? {
  guard let requests = outcome.requests else { return nil }
  let objective = record.settings.objective
  if outcome.isMissedByFailures, outcome.latency.map({ $0 <= objective.time }) ?? true {
    return missedSentence(outcome, objective)
  }
  let failed = outcome.failed == 0 ? "none failed" : "\(Readable.grouped(Double(outcome.failed))) failed"
  let work = record.front?.jobs == nil ? "request" : "job"
  var text = "\(Readable.grouped(Double(requests))) \(work)\(requests == 1 ? "" : "s"), \(failed)"
  if let latency = outcome.latency {
    let verb = latency <= objective.time ? "meets" : "misses"
    text +=
      "; p\(Readable.plain(objective.percentile)) \(Readable.duration(nanoseconds: Double(latency))) \(verb) the objective "
      + objective.text
  } else if outcome.samples.all > 0 {
    text +=
      "; \(objective.text) in \(outcome.samples.met) of \(Readable.count(outcome.samples.all, "sample"))"
  }
  return text + "."
}

/// Returns the sentence for an objective that is missed because requests failed, however fast the others were answered.
private func missedSentence(_ outcome: FleetOutcome, _ objective: LatencyObjective) -> String {
  func amount(_ count: UInt64) -> String { Readable.grouped(Double(count)) }
  let failed = "\(amount(outcome.lost.failed)) of \(amount(outcome.lost.requests)) requests failed"
  let late =
    outcome.late == 0 ? "" : " and \(amount(outcome.late)) \(outcome.late == 1 ? "was" : "were") late"
  let answered = outcome.latency.map { latency in
    "p\(Readable.plain(objective.percentile)) of the answered requests is "
      + "\(Readable.duration(nanoseconds: Double(latency))), but "
  }
  return "\(answered ?? "")\(failed)\(late): the objective \(objective.text) is missed."
}

private func groupSentence(_ outcome: FleetOutcome) -> String {
  let counts = outcome.inService.map { range in
    range.lowerBound == range.upperBound
      ? "\(Readable.count(range.lowerBound, "instance")) in service"
      : "\(range.lowerBound) to \(Readable.count(range.upperBound, "instance")) in service"
  }
  let actions = [
    Readable.count(outcome.scaleOuts, "scale-out"), Readable.count(outcome.scaleIns, "scale-in"),
    "\(Readable.count(outcome.replaced, "failed instance")) replaced",
  ]
  let updated = outcome.updated == 0 ? "" : ", \(Readable.count(outcome.updated, "instance")) updated"
  let seconds = Readable.grouped(outcome.instanceSeconds.rounded())
  return
    "\(counts ?? "No instance was in service"), \(seconds) instance-seconds; \(actions.joined(separator: ", "))\(updated)."
}

private func delaySentence(_ record: FleetRecord, _ outcome: FleetOutcome) -> String? {
  guard let most = outcome.delays.last else { return nil }
  func time(_ seconds: Double) -> String { Readable.duration(nanoseconds: seconds * 1e9) }
  let median = outcome.delays[(outcome.delays.count - 1) / 2]
  let scale = record.settings.timeScale
  let policyTime = scale == 1 ? "" : "; for the policy, \(Readable.grouped((median * scale).rounded())) s"
  return outcome.delays.count == 1
    ? "The new instance was in service \(time(most)) after the decision\(policyTime)."
    : "New instances were in service \(time(median)) after the decision (median of \(outcome.delays.count), at most "
      + "\(time(most))\(policyTime))."
}

private func agreementSentence(_ record: FleetRecord, _ simulated: SimulationRecord.Policy) -> String? {
  guard let agreement = FleetAgreement(record, simulated) else { return nil }
  let difference = Readable.fixed(abs(agreement.difference), decimals: 1)
  let mean =
    difference == "0.0"
    ? "" : "; live has \(difference) \(agreement.difference > 0 ? "more" : "fewer") on average"
  return
    "Live and simulated in-service counts are within ±\(FleetAgreement.tolerance) for "
    + "\(Readable.fixed(100 * agreement.part, decimals: 0)) % of the time\(mean)."
}

private func costSentence(_ record: FleetRecord, _ outcome: FleetOutcome) -> String? {
  let work = record.front?.jobs == nil ? "request" : "job"
  let costs = [
    outcome.frontTime.map { "the front \(Readable.duration(nanoseconds: $0)) per request" },
    outcome.instanceTime.map { "the instances \(Readable.duration(nanoseconds: $0)) per \(work)" },
  ].compactMap(\.self)
  return costs.isEmpty ? nil : "CPU time: \(costs.joined(separator: ", "))."
}

private func jobSentence(_ jobs: FrontStatus.Jobs) -> String {
  let failed = jobs.failed.map { "\($0) failed, " } ?? ""
  return "Jobs at the end: \(Readable.grouped(Double(jobs.done))) done, "
    + "\(failed)\(jobs.running) running, \(jobs.waiting) waiting; "
    + "\(jobs.redelivered) given out again because their instance failed."
}

private func loadFailureSentence(_ load: LoadRecord) -> String? {
  let kinds = RequestFailure.allCases.filter { load.errors[$0] > 0 }
  if kinds.isEmpty { return nil }
  return
    "The built-in traffic counted \(kinds.map { "\(load.errors[$0]) × \(phrase(of: $0, in: load))" }.joined(separator: ", "))."
}

/// Returns the settings of a fleet and the assumptions of its simulation.
func fleetNotes(of record: FleetRecord, _ simulated: SimulationRecord.Policy?) -> [String] {
  let settings = record.settings
  func time(_ nanoseconds: UInt64) -> String { Readable.duration(nanoseconds: Double(nanoseconds)) }
  let startUp = settings.startUp == 0 ? "no start-up work" : "start-up work \(time(settings.startUp))"
  let limit = settings.usesControlGroup ? "held by a control group" : "by pacing"
  return [
    "instances: \(Readable.line(settings.model)) with \(Readable.count(settings.workers, "worker")), "
      + "\(Readable.cores(settings.share)) each \(limit), \(startUp)",
    "group: min \(settings.min), desired \(settings.desired), max \(settings.max); grace \(time(settings.grace)), "
      + "drain at most \(time(settings.drain))",
    "health checks every \(time(settings.checkInterval)), timeout \(time(settings.checkTimeout)), rise \(settings.rise), "
      + "fall \(settings.fall)",
    "policy \(Readable.line(settings.policy)); its clock runs \(Readable.plain(settings.timeScale)) × as fast as wall time",
    settings.traffic.map {
      "traffic: \(Readable.line($0)) to \(Readable.line(settings.path ?? "/")), seed \(settings.seed)"
    },
    simulated.map { _ in
      "simulated: the same policy and rates, Poisson arrivals, the measured CPU time per request, the configured times"
    },
  ].compactMap(\.self)
}
