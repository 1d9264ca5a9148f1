import Formatting
import Records

/// The answers of a comparison, in sentences.
extension ComparisonRecord {
  /// For every other run, what it gains with its fastest model for each kind of work: computing, on the first workload of
  /// fixed amount, or on the first of all; and memory. And what it gains with each command.
  var verdicts: [String] {
    runs.indices.dropFirst().flatMap { position in
      let all = gains.filter { $0.run == position }
      let own = all.filter { $0.configuration.command == nil }
      let computing = own.filter { $0.configuration.operation == nil }
      let memory = own.filter { $0.configuration.operation != nil }
      let models: [String] = [
        computing.first { $0.configuration.upTo != nil } ?? computing.first,
        memory.first { $0.configuration.operation == "triad" } ?? memory.first,
      ].compactMap(\.self).compactMap { first in
        let same = own.filter {
          $0.configuration.work == first.configuration.work
            && $0.configuration.kernel == first.configuration.kernel
        }
        return same.max { ($0.throughputs.last ?? 0) < ($1.throughputs.last ?? 0) }.map { sentence(on: $0) }
      }
      return models + all.filter { $0.configuration.command != nil }.map { sentence(on: $0) }
    }.map { Readable.line($0, limit: 1000) }
  }

  private func sentence(on gain: Gain) -> String {
    let (one, two) = (runs[0], runs[gain.run])
    var sentence =
      "With every core in use, \(two.name) is \(gain.gain.text) times as fast as \(one.name), on "
      + "\(gain.configuration.workName) with \(gain.configuration.model)"
    if let perCore = gain.perCore, let efficiency = gain.efficiency {
      sentence +=
        ". The factors: speed per core \(Readable.ratio(perCore.value))×, number of cores "
        + "\(Readable.ratio(gain.cores))×, efficiency \(Readable.ratio(efficiency.value))×"
    }
    if let work = gain.workForMoney, work.count == 2, work[0] > 0 {
      sentence += ". Per unit of money it does \(Readable.ratio(work[1] / work[0]))× the work"
    }
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
