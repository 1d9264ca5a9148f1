import Analysis
import Formatting
import Records

/// Returns what the numbers of a load run mean: what was not reached and why, and what the generator itself took.
func loadSentences(on record: LoadRecord) -> [String] {
  [
    traffic(of: record), shortfall(of: record), limitSentence(on: record), remainder(of: record),
    law(on: record),
    generatorCost(of: record),
  ]
  .compactMap(\.self)
}

/// Returns the rates that were asked for by time; `nil` if the rate was constant.
private func traffic(of record: LoadRecord) -> String? {
  guard let rates = record.rates, let interval = record.rateInterval, let most = rates.max(),
    let least = rates.min()
  else { return nil }
  let name = record.traffic.map { " \(Readable.line($0))" } ?? ""
  return "Traffic\(name): from \(rateText(least)) to \(rateText(most)), "
    + "\(Readable.count(rates.count, "interval")) of \(Readable.duration(nanoseconds: Double(interval)))."
}

/// Returns by how much the achieved rate misses the asked one; `nil` if it does not by more than 1 %, or by more than the
/// random number of Poisson arrivals explains.
private func shortfall(of record: LoadRecord) -> String? {
  guard let asked = record.askedRate else { return nil }
  let requests = asked * Double(record.duration) / 1_000_000_000
  let chance = record.arrivals == .poisson && requests > 0 ? 3 / requests.squareRoot() : 0
  guard record.achievedRate < asked * (1 - max(0.01, chance)) else { return nil }
  return "Reached \(rateText(record.achievedRate)) of \(rateText(asked))."
}

/// Returns whether the generator or its connections were the limit, and what to do; `nil` if they were not.
func limitSentence(on record: LoadRecord) -> String? {
  switch record.limit {
  case .generatorBusy(let share):
    "The generator was the limit: one of its threads was busy \(Readable.percent(min(share, 1))) of the time. Give it more "
      + "--threads, or a CPU of its own; until then this says little about the server."
  case .generatorLate(let delay):
    "The generator was the limit: 1 % of the requests were sent at least \(Readable.duration(nanoseconds: Double(delay))) "
      + "late although connections were free. Give it a CPU of its own."
  case .connections(let share):
    "\(Readable.percent(share)) of the requests had to wait for one of the "
      + "\(Readable.count(record.connections, "connection")): the server is slower than the rate, or the run needs more --connections."
  case nil: nil
  }
}

/// Returns the requests without an outcome; `nil` if there are none.
///
/// - Parameter end: The end of the load, as a clause.
func remainder(of record: LoadRecord, when end: String = "the run ended") -> String? {
  let unsent = record.unsent ?? 0
  let parts = [
    unsent > 0 ? "\(requests(unsent)) that were due had not been sent" : nil,
    record.unanswered > 0 ? "\(requests(record.unanswered)) had been sent but not answered" : nil,
  ].compactMap(\.self)
  return parts.isEmpty ? nil : "When \(end), \(parts.joined(separator: ", and "))."
}

private func requests(_ count: UInt64) -> String {
  Readable.count(Int(clamping: count), "request")
}

/// Returns the comparison of the requests in flight with Little's law.
private func law(on record: LoadRecord) -> String? {
  guard let law = record.littlesLaw, let ratio = law.ratio else { return nil }
  return
    "Requests in flight: \(Readable.digits(law.meanInFlight)) on average, \(Readable.fixed(ratio, decimals: 2)) times "
    + "what Little's law (rate × time) gives."
}

private func generatorCost(of record: LoadRecord) -> String? {
  guard let time = record.timePerRequest, record.userTime + record.systemTime > 0 else { return nil }
  let threads = record.threads.map { ", \(Readable.count($0, "thread"))" } ?? ""
  let busy = record.busiestThread.map { ", busiest \(Readable.percent($0)) of a core" } ?? ""
  return "CPU time of the generator: \(Readable.duration(nanoseconds: time)) per request\(threads)\(busy)."
}
