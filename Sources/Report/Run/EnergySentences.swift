import Analysis
import Formatting
import Records

/// Returns the energy counters and the power of a machine, or the reason that energy is not measured; `nil` if nobody
/// looked for them.
func energyFact(of passport: Passport) -> String? {
  guard let counters = passport.energy?.counters else {
    return passport.energy?.reason.map { "not available: \($0)" }
  }
  let power = passport.load?.idlePower.map {
    "; \(Readable.power(watts: $0.watts)) with \(Readable.fixed($0.busyCores, decimals: 2)) CPUs busy, before any trial"
  }
  return "counted by \(Readable.list(counters))" + (power ?? "")
}

/// Returns the power of the idle machine, or the reason that it or all energy is unknown; nothing if nobody looked for it.
func energySentences(about run: RunRecord) -> [String] {
  let isMeasured = run.trials.contains { $0.process?.activity?.energy != nil }
  guard isMeasured else {
    return (run.passport.energy?.reason).map { [Readable.line("Energy is not measured: \($0).", limit: 400)] }
      ?? []
  }
  guard let power = run.passport.load?.idlePower else { return [] }
  let busy = "\(Readable.fixed(power.busyCores, decimals: 2)) CPUs"
  return [
    run.passport.idlePower == nil
      ? "The idle power is unknown: \(busy) were busy before the run (stop other programs, and measure again)."
      : "The idle power, measured before the run, was \(Readable.power(watts: power.watts)) (\(busy) busy)."
  ]
}

extension ComparisonRecord {
  /// A sentence about the compared energies, or about their absence if only some runs have measured energy.
  var energyNotes: [String] {
    if changes.contains(where: { $0.energy != nil }) {
      return ["Energy is that of the processors for the same work, idle power included: below 1 uses less."]
    }
    guard !changes.isEmpty, runs.contains(where: { $0.passport.energy?.counters != nil }) else { return [] }
    let others = runs.filter { $0.passport.energy?.counters == nil }
    guard let first = others.first else {
      return ["Energy is not compared: the runs have not measured it in the same parts of their machines."]
    }
    let reason = first.passport.energy?.reason.map { ": \($0)" } ?? ""
    return [
      Readable.line("Energy is not compared: \(first.name) has not measured it\(reason).", limit: 400)
    ]
  }
}
