import Analysis
import Formatting
import Records

/// Returns sentences about disturbances of the measured trials by the machine.
func disturbances(of run: RunRecord) -> [String] {
  let trials = run.trials.filter { !$0.warmUp && $0.failure == nil }
  let watched = trials.compactMap(\.process).filter { $0.activity != nil }
  return [
    foreignLoadSentence(watched, run.plan, of: trials.count), stealSentence(watched, run.passport.onlineCPUs),
    throttlingSentence(watched),
  ].compactMap(\.self)
}

/// Returns a sentence about trials that other programs disturbed; `nil` if there are none.
private func foreignLoadSentence(_ watched: [ProcessRecord], _ plan: Plan, of count: Int) -> String? {
  let loads = watched.filter { $0.isDisturbed(beyond: plan.foreignLoadLimit) }.compactMap(\.foreignLoad)
  guard let most = loads.max() else { return nil }
  return
    "Other programs kept up to \(Readable.fixed(most, decimals: 2)) cores busy during \(loads.count) of "
    + "\(Readable.count(count, "trial")), which \(loads.count == 1 ? "does" : "do") not count."
}

/// Returns a sentence about steal time if it is at least one percent of the machine's time.
private func stealSentence(_ processes: [ProcessRecord], _ cpus: Int) -> String? {
  let stolen = processes.filter { $0.activity?.steal != nil }
  let time = stolen.reduce(0) { $0 + Double($1.wall) } * Double(cpus)
  let steal = stolen.reduce(0) { $0 + Double($1.activity?.steal ?? 0) }
  guard time > 0, steal / time >= 0.01 else { return nil }
  return stealClause(steal / time, during: "trials") + "."
}

/// Returns the clause that names the part of the machine's time which the hypervisor gave to other guests.
func stealClause(_ share: Double, during what: String) -> String {
  "The hypervisor gave \(Readable.percent(share)) of this machine's time to other guests during the \(what)"
}

private func throttlingSentence(_ processes: [ProcessRecord]) -> String? {
  let count = processes.count { ($0.activity?.throttled ?? 0) > 0 }
  guard count > 0 else { return nil }
  return "A control group quota throttled \(count) of \(Readable.count(processes.count, "trial"))."
}

/// Returns a sentence about a machine whose speed changed from round to round; `nil` if that is not significant.
func driftSentence(_ drift: RunDrift?) -> String? {
  guard let drift, drift.isShown || drift.isDependent else { return nil }
  func chance(_ pValue: Double) -> String {
    pValue < 0.001 ? "p < 0.001" : "p = \(Readable.fixed(pValue, decimals: 3))"
  }
  var finding =
    "The machine got \(drift.change > 0 ? "slower" : "faster") during the run: times changed by "
    + "\(Readable.percent(drift.change.magnitude)) from the first round to the last (\(chance(drift.pValue)))"
  if !drift.isShown, let dependence = drift.dependence {
    finding =
      "The machine's speed changed during the run: neighbouring rounds are alike (correlation "
      + "\(Readable.fixed(dependence.correlation, decimals: 2)), \(chance(dependence.pValue)))"
  }
  let widening =
    drift.widening > 1
    ? ", so the times are those of a changing machine, and ± is widened \(Readable.fixed(drift.widening, decimals: 1))×"
    : ""
  return
    "\(finding)\(widening). Speedups and ties still hold. For steady times, stop other programs and let the machine "
    + "warm up or cool down."
}
