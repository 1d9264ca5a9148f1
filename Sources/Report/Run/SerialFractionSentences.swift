import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The meaning of the serial fraction's trend, one sentence for all models with the same trend.
  var serialFractionSentences: [String] {
    let trends = scalings.compactMap { scaling in
      scaling.serialFraction.map { (name: name(of: scaling.configuration, workers: nil), trend: $0) }
    }
    return SerialFractionTrend.Finding.allCases.compactMap { finding in
      let names = trends.filter { $0.trend.finding == finding }.map { "\($0.name) (\(text(of: $0.trend)))" }
      return names.isEmpty
        ? nil
        : Readable.line("\(finding.beginning) \(Readable.list(names)): \(finding.meaning).", limit: 1000)
    }
  }

  private func text(of trend: SerialFractionTrend) -> String {
    let points = [trend.first, trend.last].map { point in
      "\(Readable.fixed(point.fraction, decimals: 3)) with \(point.workers)"
    }
    return points.joined(separator: ", ")
  }
}

extension SerialFractionTrend.Finding {
  fileprivate var beginning: String {
    switch self {
    case .grows: "The serial fraction grows with the number of workers for"
    case .constant: "The serial fraction shows no trend for"
    case .nothing: "The serial fraction is indistinguishable from zero for"
    case .falls: "The serial fraction falls with the number of workers for"
    case .slower: "The serial fraction is above 1 for"
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .grows:
      "growing overhead limits the speedup, such as contention, communication or imbalance, not serial code"
    case .constant: "serial work of that size would explain the speedup"
    case .nothing: "these data show neither serial work nor growing overhead"
    case .falls:
      "the first added workers cost more than later ones, for example because one worker alone runs at a higher "
        + "frequency, or because caches come with the cores"
    case .slower: "the workers together are slower than one, which serial code cannot explain"
    }
  }
}
