import Formatting
import Records

/// The answers of a comparison, in sentences.
extension ComparisonRecord {
  /// The gains for each kind of work (`leadingGains`), a sentence each, with their factors and what they mean for money.
  var verdicts: [String] {
    leadingGains.map { Readable.line(sentence(on: $0), limit: 1000) }
  }

  private func sentence(on gain: Gain) -> String {
    let (one, two) = (runs[0], runs[gain.run])
    var sentence =
      "With every core in use, \(two.name) is \(gain.gain.text) times as fast as \(one.name), on "
      + "\(gain.configuration.workName) with \(gain.configuration.model)"
    if let perCore = gain.perCore, let efficiency = gain.efficiency {
      sentence +=
        ". The factors: speed per core \(Readable.ratio(perCore.value))×, number of cores "
        + "\(Readable.ratio(gain.cores))×, \(gain.smt.map { "SMT \(Readable.ratio($0.value))×, " } ?? "")efficiency \(Readable.ratio(efficiency.value))×"
    }
    sentence += ". \(GainAnswer(gain, in: self).moneySentence)"
    if gain.isSignificant == false { sentence += ". The difference is not significant" }
    return sentence + "."
  }

  /// The answer of every gate, a sentence each.
  var gateSentences: [String] {
    gates.map { answer in
      let name = "gate \(answer.gate.measure.rawValue):\(Readable.plain(answer.gate.limit * 100))%"
      let all = Readable.count(answer.count, "configuration")
      func count(_ verdict: GateAnswer.Verdict) -> Int { answer.findings.count { $0.verdict == verdict } }
      switch answer.verdict {
      case .passed: return "\(name) passed: none of \(all) got worse by more than that"
      case .failed: return "\(name) FAILED: \(count(.failed)) of \(all) got worse by more than that"
      case .inconclusive:
        return answer.count == 0
          ? "\(name) is inconclusive: nothing was compared"
          : "\(name) is inconclusive for \(count(.inconclusive)) of \(all): more undisturbed trials would narrow the intervals"
      }
    }
  }
}

extension Readable {
  /// Returns a ratio whose small differences from 1 matter, such as `1.013`.
  static func ratio(_ value: Double) -> String {
    fixed(value, decimals: value.magnitude < 9.9995 ? 3 : 2)
  }
}
