import Analysis
import Formatting
import Records

/// Returns the server that needs the least CPU time per request, and those that are statistically tied with it; `nil` if no
/// server was measured.
func serviceSentence(_ analysis: RunAnalysis) -> String? {
  guard let workload = analysis.workloads.first(where: { $0.traffic != nil }) else { return nil }
  guard let cheapest = analysis.cheapest else {
    return workload.rows.contains { !$0.isRanked }
      ? "The load generator limited \(workload.workload), so no server is ranked (offer a lower rate with --rate)."
      : nil
  }
  let configuration = cheapest.row.configuration
  let name = configurationName(configuration)
  let time = "\(Readable.duration(nanoseconds: cheapest.row.region.median)) of CPU time per request"
  if cheapest.rivals == 0 { return "\(name) needs \(time)." }
  if !cheapest.isTested {
    return
      "\(name) came first in this run with \(time); which model needs least takes at least 5 undisturbed trials of each "
      + "to tell."
  }
  return
    "\(name) needs the least CPU time per request, \(Readable.duration(nanoseconds: cheapest.row.region.median))"
    + "\(ties(with: cheapest).map { "; \($0) with it" } ?? "")."
}

/// The meaning of the mark of servers that shared the CPUs with the generator.
let sharedCPUsNote = "& server and generator shared the CPUs"

extension WorkloadAnalysis {
  /// The requests in the title of the table; empty for any workload but `serve`.
  var trafficText: String {
    guard let traffic else { return "" }
    let rate = traffic.rate.map { " at \(Readable.rate($0))" } ?? ""
    let generator = traffic.generator.map { " with \(Readable.line($0))" } ?? ""
    return
      " \(Readable.line(traffic.path, limit: 100))\(rate) over \(Readable.count(traffic.connections, "connection"))"
      + generator
  }

  /// The meanings of what only the table of servers has, a line each.
  var serviceNotes: [String] {
    guard let traffic else { return [] }
    let rows = rows.compactMap(\.service)
    return [
      traffic.generator.map {
        "server, generator: busy cores; \(Readable.line($0)) sends as fast as answers come, checks none, and its latencies are "
          + "not reported"
      } ?? "server, generator: busy cores; latencies count from when a request was due",
      rows.contains(where: \.sharesCPUs) ? sharedCPUsNote : nil,
      rows.contains { $0.limit == .generator }
        ? "bound by generator: it could not send more, so the row is not ranked" : nil,
    ].compactMap(\.self)
  }
}
