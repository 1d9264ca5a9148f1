import Analysis
import Formatting
import Records

/// Returns sentences about disturbances of the measured trials by the machine.
func disturbances(of run: RunRecord) -> [String] {
  let trials = run.trials.filter { !$0.warmUp && $0.failure == nil }
  let watched = trials.compactMap(\.process).filter { $0.activity != nil }
  return [stealSentence(watched, run.passport.onlineCPUs), throttlingSentence(watched)].compactMap(\.self)
}

/// Returns a sentence about steal time if it is at least one percent of the machine's time.
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
  return "A control group quota throttled \(count) of \(Readable.count(processes.count, "trial"))."
}

/// Returns a sentence about the machine's getting slower or faster from round to round; `nil` if that is not
/// significant.
func driftSentence(_ drift: RunDrift?) -> String? {
  guard let drift, drift.isShown else { return nil }
  let chance = drift.pValue < 0.001 ? "p < 0.001" : "p = \(Readable.fixed(drift.pValue, decimals: 3))"
  return
    "The machine got \(drift.change > 0 ? "slower" : "faster") during the run: times changed by "
    + "\(Readable.percent(drift.change.magnitude)) from the first round to the last (\(chance)). Comparisons within the "
    + "run still hold. For steady times, stop other programs and let the machine warm up or cool down."
}
