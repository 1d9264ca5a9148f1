import Analysis
import Formatting
import Records

/// What limits the scaling, which law comes closest, and which were refused: a sentence a line.
func sentences(on fit: ScalingFit) -> [String] {
  var lines: [String] = []
  if let closest = fit.closest { lines.append("\(closest.law.title) comes closest to these data.") }
  if let law = fit.fit(of: .usl) {
    lines += [contention(law), coherency(law)].compactMap(\.self)
  } else if let law = fit.fit(of: .amdahl), let part = law[.f] {
    lines.append(serialPart(law, part))
  }
  for case .failure(let refusal) in fit.laws { lines.append("Not fitted: \(refusal)") }
  if fit.closest != nil {
    lines.append(
      "Speedups are over γ, the throughput that a law gives one worker; intervals hold if the law does.")
  }
  return lines
}

private func contention(_ law: LawFit) -> String? {
  guard let alpha = law[.alpha] else { return nil }
  guard alpha.interval.lower > 0, let limit = law.limit else {
    return
      "Contention (α) cannot be told from none: it is \(percent(alpha.interval.upper)) of the work at most."
  }
  return
    "Contention (α): \(percent(alpha.value)) of the work waits for its turn, which by itself limits the speedup to "
    + "\(Readable.digits(limit.value))."
}

private func coherency(_ law: LawFit) -> String? {
  guard let beta = law[.beta] else { return nil }
  guard beta.interval.lower > 0 else {
    return
      "Coherency (β) cannot be told from none: that more workers make it slower is not shown by these data."
  }
  guard let peak = law.peak, peak.value > 1 else {
    return
      "Coherency (β): workers cost one another more than they add, and every further one makes it slower."
  }
  return "Coherency (β): workers that agree with one another cost time, so that throughput is greatest with "
    + "\(Readable.digits(peak.value)) workers, \(Readable.digits(law.speedup(at: peak.value))) times that of one, and "
    + "falls beyond."
}

private func serialPart(_ law: LawFit, _ part: LawFit.Coefficient) -> String {
  guard part.interval.lower > 0, let limit = law.limit else {
    return
      "A serial part (f) cannot be told from none: it is \(percent(part.interval.upper)) of the work at most."
  }
  return
    "Serial part (f): \(percent(part.value)) of the work is done by one worker alone, which limits the speedup to "
    + "\(Readable.digits(limit.value))."
}

private func percent(_ part: Double) -> String {
  "\(Readable.digits(part * 100)) %"
}
