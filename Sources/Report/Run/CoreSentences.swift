import Analysis
import Formatting
import Records
import Statistics

/// Returns what the second CPUs of the cores add, and how fast the cores of each kind are, a sentence each.
func coreSentences(_ analysis: RunAnalysis) -> [String] {
  let siblings = analysis.siblingGain.map { gain in
    "\(gain.configuration.workers) workers of \(gain.configuration.model) on all CPUs run \(gain.configuration.workload) "
      + "\(factor(gain)) as fast as \(gain.reference.workers) on a physical core each\(interval(gain))."
  }
  let kinds = analysis.kindGains.map { gain in
    "\(article(gain.configuration.placement)) core runs \(gain.configuration.workload) \(factor(gain)) as fast as "
      + "\(article(gain.reference.placement, isFirst: false)) core\(interval(gain)), with \(gain.configuration.model)."
  }
  return [siblings].compactMap(\.self) + kinds
}

private func factor(_ gain: CoreGain) -> String {
  "\(Readable.fixed(gain.factor, decimals: 2))×"
}

private func interval(_ gain: CoreGain) -> String {
  gain.interval.map {
    " (95 % CI \(Readable.fixed($0.lower, decimals: 2))–\(Readable.fixed($0.upper, decimals: 2)))"
  } ?? ""
}

/// Returns the name of a kind with its article.
private func article(_ kind: String?, isFirst: Bool = true) -> String {
  let kind = kind ?? ""
  let beginsWithVowel = kind.first.map("aeiou".contains) == true
  return (isFirst ? (beginsWithVowel ? "An " : "A ") : (beginsWithVowel ? "an " : "a ")) + kind
}
