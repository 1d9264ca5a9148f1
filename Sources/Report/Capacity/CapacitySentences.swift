import Analysis
import Formatting
import Records

/// Returns which service has the greatest capacity, and which have none or no known one, a sentence each.
func answers(_ record: CapacityRecord, _ analysis: CapacityAnalysis) -> [String] {
  let objective = record.objective.text
  let missing = analysis.rows.map(\.service).filter {
    $0.low == nil && $0.high != nil && !$0.isBoundByGenerator
  }
  return leaderSentences(analysis, objective) + unrankedSentences(analysis.unranked)
    + missing.map { "\($0.name) missed \(objective) at every rate that was tried (allow more with --slo)." }
}

private func leaderSentences(_ analysis: CapacityAnalysis, _ objective: String) -> [String] {
  guard let leader = analysis.leader else { return [] }
  let capacity = "\(leader.service.capacity) with \(objective)"
  if analysis.rows.count == 1 { return ["\(leader.service.name) serves \(capacity)."] }
  // A service without a known upper end may serve more.
  let isRivaled = analysis.unranked.contains { $0.low ?? 0 >= leader.service.low ?? 0 }
  let scope = isRivaled ? "Of the services with a known capacity, " : ""
  return ["\(scope)\(leader.service.name) serves most: \(capacity)."] + tieSentences(leader.tied)
}

private func tieSentences(_ tied: [CapacityRecord.Service]) -> [String] {
  switch tied.count {
  case 0: []
  case 1: ["\(tied[0].name) is tied with it: the brackets overlap."]
  default: ["\(Readable.list(tied.map(\.name))) are tied with it: the brackets overlap."]
  }
}

private func unrankedSentences(_ services: [CapacityRecord.Service]) -> [String] {
  let bound = services.filter(\.isBoundByGenerator)
  let others = services.filter { !$0.isBoundByGenerator }
  return [
    bound.isEmpty
      ? nil
      : "Not ranked, because the load generator was the limit: \(Readable.list(bound.map(\.name))) (try more work per "
        + "request, such as --path /api/1e6).",
    others.isEmpty
      ? nil
      : "Not ranked, because no rate that was tried missed the objective: \(Readable.list(others.map(\.name))).",
  ].compactMap(\.self)
}

/// Returns reasons to distrust the figures, one line each.
func cautions(on record: CapacityRecord, _ analysis: CapacityAnalysis) -> [String] {
  var lines: [String] = []
  if record.interrupted == true {
    lines.append(
      "The measurement was interrupted: unconfirmed brackets are wider than the search leaves them.")
  }
  if analysis.disturbedTries > 0 {
    lines.append(
      "Other programs disturbed \(analysis.disturbedTries) of \(analysis.tries) tries: stop them and measure again."
    )
  }
  return lines + [stealSentence(record, analysis), scarcity(record, analysis)].compactMap(\.self)
}

/// Returns a sentence about steal time that alone may make more requests late than the objective allows; `nil` if it cannot.
private func stealSentence(_ record: CapacityRecord, _ analysis: CapacityAnalysis) -> String? {
  let allowed = 1 - record.objective.percentile / 100
  guard let stolen = analysis.stolenShare, stolen > allowed, stolen >= 0.001 else { return nil }
  return
    stealClause(stolen, during: "tries")
    + ", and \(record.objective.text) lets \(Readable.percent(allowed)) of the requests be late: these capacities may be the "
    + "hypervisor's. Try a lower percentile or a longer time in --slo."
}

/// Returns a sentence about services whose tries have too few requests for the percentile; `nil` if there are none.
///
/// The percentile of fewer than 100 / (100 − percentile) requests is that of the slowest one.
private func scarcity(_ record: CapacityRecord, _ analysis: CapacityAnalysis) -> String? {
  let percentile = record.objective.percentile
  let scarce = analysis.rows.map(\.service).filter { service in
    service.low.map { $0 * Double(record.duration) / 1e9 * (100 - percentile) < 100 } ?? false
  }
  if scarce.isEmpty { return nil }
  let names = Readable.list(scarce.map(\.name))
  return
    "A try of \(names) has too few requests for p\(Readable.plain(percentile)): use more --seconds."
}
