import Analysis
import Formatting
import Records

/// Returns sentences about the measured throughputs, the law that fits best, the limits of the scaling, and the laws that
/// could not be fitted, one per line.
func sentences(on fit: ScalingFit) -> [String] {
  var lines = [disagreement(fit), growth(fit), decline(fit)].compactMap(\.self)
  let fits = fit.laws.compactMap { try? $0.get() }
  if let closest = fit.closest {
    lines.append("\(closest.law.title) fits best.")
  } else if fits.count > 1 {
    lines.append("No law fits clearly better than the others (measure more worker counts).")
  }
  if let law = fit.fit(of: .usl) {
    lines += [contention(law), coherency(law, fit)].compactMap(\.self)
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

/// A sentence about trials that cannot be repetitions of each other; `nil` if there are none.
private func disagreement(_ fit: ScalingFit) -> String? {
  let points = fit.points.filter { $0.highest > 2 * $0.lowest }
  guard let greatest = points.map({ $0.highest / $0.lowest }).max() else { return nil }
  let counts = Readable.list(points.map { Readable.workers($0.workers) })
  return
    "Trials with the same worker count (\(counts)) differ by more than twice, up to \(Readable.digits(greatest))×: check "
    + "that they did the same work."
}

private func growth(_ fit: ScalingFit) -> String? {
  guard let growth = fit.superlinearGrowth else { return nil }
  let ratio = growth.to.throughput / growth.to.workers / (growth.from.throughput / growth.from.workers)
  return
    "The data are superlinear: throughput per worker is \(Readable.digits(ratio))× as high with "
    + "\(workers(growth.to)) as with \(workers(growth.from)). Check that the work was the same; shares that fit into "
    + "larger caches can explain it."
}

private func decline(_ fit: ScalingFit) -> String? {
  guard let fall = fit.fall else { return nil }
  let loss = percent(1 - fall.to.throughput / fall.from.throughput)
  return fit.fallsFromStart
    ? "Throughput falls from the first added worker: it is \(loss) lower with \(workers(fall.to)) than with "
      + "\(workers(fall.from))."
    : "Throughput is greatest with \(workers(fall.from)), and \(loss) lower with \(workers(fall.to))."
}

private func workers(_ point: ScalingFit.Point) -> String {
  "\(Readable.workers(point.workers)) \(point.workers == 1 ? "worker" : "workers")"
}

private func contention(_ law: LawFit) -> String? {
  guard let alpha = law[.alpha] else { return nil }
  if alpha.value > 1 {
    return "Contention (α) is above 1: each added worker delays the others by more than it contributes."
  }
  if alpha.interval.lower > 0, let limit = law.limit {
    return
      "Contention (α): \(percent(alpha.value)) of the work is serialized, which alone limits the speedup to "
      + "\(Readable.digits(limit.value))."
  }
  return alpha.interval.upper < 1
    ? "Contention (α) is indistinguishable from zero: at most \(percent(alpha.interval.upper)) of the work."
    : "Contention (α) cannot be estimated from these worker counts (measure more)."
}

private func coherency(_ law: LawFit, _ fit: ScalingFit) -> String? {
  guard let beta = law[.beta] else { return nil }
  guard beta.interval.lower > 0 else {
    return fit.fall != nil
      ? nil
      : "Coherency (β) is indistinguishable from zero: at most \(Readable.digits(beta.interval.upper))."
  }
  guard let peak = law.peak, peak.value > 1 else {
    return
      "Coherency (β): throughput is greatest with one worker, because each added worker costs more than it adds."
  }
  let most = fit.points.last?.workers ?? 1
  let place =
    "\(Readable.digits(peak.value)) workers, at \(Readable.digits(law.speedup(at: peak.value)))× that of one worker"
  let costs = "Coherency (β): synchronization between workers costs time."
  // Fewer workers are not called faster unless the throughputs say so.
  if peak.value > most { return "\(costs) Throughput would peak at \(place), which is extrapolated." }
  return fit.fall == nil
    ? "\(costs) The law peaks at \(place), but the measured throughput does not clearly fall up to \(Readable.workers(most)) "
      + "workers."
    : "\(costs) Throughput peaks at \(place), and then falls."
}

private func serialPart(_ law: LawFit, _ part: LawFit.Coefficient) -> String {
  guard part.interval.lower > 0, let limit = law.limit else {
    return
      "The serial part (f) is indistinguishable from zero: at most \(percent(part.interval.upper)) of the work."
  }
  return
    "Serial part (f): the throughputs are as if one worker alone did \(percent(part.value)) of the work, which limits the "
    + "speedup to "
    + "\(Readable.digits(limit.value))."
}

private func percent(_ part: Double) -> String {
  "\(Readable.digits(part * 100)) %"
}
