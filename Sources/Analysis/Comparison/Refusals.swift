import Formatting
import Records

/// What of two runs cannot be compared, because the work differs or only one of them has it: a sentence each.
func refusalsToCompare(
  _ baseline: MeasuredRun, _ name: String, with other: MeasuredRun, _ otherName: String
) -> [String] {
  let empty = [(baseline, name), (other, otherName)].filter { $0.0.configurations.isEmpty }
  if !empty.isEmpty { return empty.map { "\($0.1) has no trial that counts." } }
  var sentences: [String] = []
  func refuse(_ sentence: String) {
    if !sentences.contains(sentence) { sentences.append(sentence) }
  }
  for one in baseline.configurations.map(\.configuration) where other.counterpart(of: one) == nil {
    if let sentence = differentAmount(one, name, other, otherName) { refuse(sentence) }
  }
  for (run, name, other) in [(baseline, name, other), (other, otherName, baseline)] {
    for configuration in run.configurations.map(\.configuration) {
      if let sentence = missing(configuration, in: other, "only in \(name)") { refuse(sentence) }
    }
  }
  let full = [(baseline, name), (other, otherName)].filter { run, _ in
    !run.configurations.contains { $0.configuration.workers == run.effectiveCPUs }
  }
  for (run, name) in full {
    refuse(
      "\(name) has nothing that used every core, so that no gain can be told: measure it with --workers "
        + "\(run.effectiveCPUs) too.")
  }
  return sentences
}

/// Another run did the same with another N.
private func differentAmount(
  _ one: Configuration, _ name: String, _ other: MeasuredRun, _ otherName: String
) -> String? {
  guard let upTo = one.upTo else { return nil }
  let others = other.configurations.map(\.configuration).filter { two in
    two.workload == one.workload
      && (two.isPeer == true ? two.model : nil) == (one.isPeer == true ? one.model : nil)
  }
  guard let otherUpTo = others.first?.upTo, !others.contains(where: { $0.upTo == upTo }) else { return nil }
  let work = one.isPeer == true ? "\(one.workload) of \(one.model)" : one.workload
  return
    "\(work) is not compared: N is \(Readable.round(upTo)) in \(name) and \(Readable.round(otherUpTo)) in "
    + "\(otherName); measure one again with --upto \(upTo)."
}

/// Another run has nothing of a workload, or nothing with a kernel.
private func missing(_ one: Configuration, in other: MeasuredRun, _ place: String) -> String? {
  let same = other.configurations.map(\.configuration).filter { $0.workload == one.workload }
  if same.isEmpty { return "\(one.workload) is not compared: it is \(place)." }
  if same.contains(where: { $0.kernel == one.kernel }) { return nil }
  return "\(one.workload) with the \(one.kernel) kernel is not compared: it is \(place)."
}
