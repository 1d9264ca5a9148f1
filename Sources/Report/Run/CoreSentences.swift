import Analysis
import Formatting
import Records
import Statistics

/// Returns what the second CPUs of the cores add, and how fast the cores of each kind are, a sentence each. Without an
/// interval nothing is said.
func coreSentences(_ analysis: RunAnalysis) -> [String] {
  let siblings = analysis.siblingGain.flatMap { gain in
    comparison(gain).map { comparison in
      "SMT: \(gain.configuration.workload) by \(gain.configuration.model) runs \(comparison) with a worker on every CPU "
        + "(\(gain.configuration.workers)) as with one on every core (\(gain.reference.workers))."
    }
  }
  let kinds = analysis.kindGains.compactMap { gain in
    comparison(gain).map { comparison in
      "\(article(gain.configuration.placement)) core runs \(gain.configuration.workload) \(comparison) as "
        + "\(article(gain.reference.placement, isFirst: false)) core, with \(gain.configuration.model)."
    }
  }
  return [siblings].compactMap(\.self) + kinds
}

/// Returns how fast one set of CPUs is compared with another, up to "as"; `nil` for too few rounds.
private func comparison(_ gain: CoreGain) -> String? {
  gain.interval.map { interval in
    let factor =
      interval.lower <= 1 && interval.upper >= 1
      ? "about as fast" : "\(Readable.fixed(gain.factor, decimals: 2))× as fast"
    return "\(factor) \(confidenceText(interval, decimals: 2))"
  }
}

/// Returns the name of a kind with its article.
private func article(_ kind: String?, isFirst: Bool = true) -> String {
  let kind = kind ?? ""
  let beginsWithVowel = kind.first.map("aeiou".contains) == true
  return (isFirst ? (beginsWithVowel ? "An " : "A ") : (beginsWithVowel ? "an " : "a ")) + kind
}
