import Analysis
import Formatting
import Records

/// What the machine did to the trials that count, a sentence each.
func disturbances(of run: RunRecord) -> [String] {
  let trials = run.trials.filter { !$0.warmUp && $0.failure == nil }
  let watched = trials.compactMap(\.process).filter { $0.activity != nil }
  return [stealSentence(watched, run.passport.onlineCPUs), throttlingSentence(watched)].compactMap(\.self)
}

/// Told from one percent of the machine's time on.
private func stealSentence(_ processes: [ProcessRecord], _ cpus: Int) -> String? {
  let stolen = processes.filter { $0.activity?.steal != nil }
  let time = stolen.reduce(0) { $0 + Double($1.wall) } * Double(cpus)
  let steal = stolen.reduce(0) { $0 + Double($1.activity?.steal ?? 0) }
  guard time > 0, steal / time >= 0.01 else { return nil }
  return
    "The hypervisor gave \(Readable.percent(steal / time)) of this machine's time to other guests during the trials."
}

private func throttlingSentence(_ processes: [ProcessRecord]) -> String? {
  let count = processes.count { ($0.activity?.throttled ?? 0) > 0 }
  guard count > 0 else { return nil }
  return "A control group quota held workers back in \(count) of \(Readable.count(processes.count, "trial"))."
}

/// That the machine got slower or faster from round to round; `nil` where that is not shown.
func driftSentence(_ drift: RunDrift?) -> String? {
  guard let drift, drift.isShown else { return nil }
  let chance = drift.pValue < 0.001 ? "p < 0.001" : "p = \(Readable.fixed(drift.pValue, decimals: 3))"
  return
    "The machine got \(drift.change > 0 ? "slower" : "faster") during the run: by "
    + "\(Readable.percent(drift.change.magnitude)) of the time from the first round to the last (\(chance)). Rounds "
    + "treat all alike, but no time is that of a steady machine: end other programs, and let it warm up or cool down."
}
