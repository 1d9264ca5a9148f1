import Analysis
import Formatting
import Records

/// Returns sentences about the law that fits best, the limits of the scaling, and the laws that could not be fitted,
/// one per line.
func sentences(on fit: ScalingFit) -> [String] {
  var lines: [String] = []
  let fits = fit.laws.compactMap { try? $0.get() }
  if let closest = fit.closest {
    lines.append("\(closest.law.title) fits best.")
  } else if fits.count > 1 {
    lines.append("No law fits clearly better than the others (measure more worker counts).")
  }
  if let law = fit.fit(of: .usl) {
    lines += [contention(law), coherency(law)].compactMap(\.self)
  } else if let law = fit.fit(of: .amdahl), let part = law[.f] {
    lines.append(serialPart(law, part))
  }
  for case .failure(let error) in fit.laws { lines.append("Not fitted: \(error)") }
  if !fits.isEmpty {
    lines.append(
      "γ is the throughput of one worker, to which speedups are relative. The intervals assume that the law holds."
    )
  }
  return lines
}

private func contention(_ law: LawFit) -> String? {
  guard let alpha = law[.alpha] else { return nil }
  guard alpha.interval.lower > 0, let limit = law.limit else {
    return
      "Contention (α) is indistinguishable from zero: at most \(percent(alpha.interval.upper)) of the work."
  }
  return
    "Contention (α): \(percent(alpha.value)) of the work is serialized, which alone limits the speedup to "
    + "\(Readable.digits(limit.value))."
}

private func coherency(_ law: LawFit) -> String? {
  guard let beta = law[.beta] else { return nil }
  guard beta.interval.lower > 0 else {
    return
      "Coherency (β) is indistinguishable from zero: these data show no cost of synchronization."
  }
  guard let peak = law.peak, peak.value > 1 else {
    return
      "Coherency (β): throughput is greatest with one worker, because each added worker costs more than it adds."
  }
  return "Coherency (β): synchronization between workers costs time. Throughput peaks at "
    + "\(Readable.digits(peak.value)) workers, at \(Readable.digits(law.speedup(at: peak.value)))× that of one worker, "
    + "and then falls."
}

private func serialPart(_ law: LawFit, _ part: LawFit.Coefficient) -> String {
  guard part.interval.lower > 0, let limit = law.limit else {
    return
      "The serial part (f) is indistinguishable from zero: at most \(percent(part.interval.upper)) of the work."
  }
  return
    "Serial part (f): one worker alone does \(percent(part.value)) of the work, which limits the speedup to "
    + "\(Readable.digits(limit.value))."
}

private func percent(_ part: Double) -> String {
  "\(Readable.digits(part * 100)) %"
}
