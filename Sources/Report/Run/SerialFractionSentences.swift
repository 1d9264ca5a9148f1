import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// What the trend of the serial fraction says, a sentence for the models that are alike.
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
    case .grows: "The serial fraction grows with the workers of"
    case .constant: "The serial fraction is, as far as can be told, the same for any number of workers of"
    case .nothing: "The serial fraction cannot be told from none for"
    case .falls: "The serial fraction falls with the workers of"
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .grows:
      "what limits them is not serial code but an overhead that grows, such as contention, communication or imbalance"
    case .constant: "a serial part of the work of that size would explain it"
    case .nothing: "neither a serial part of the work nor an overhead that grows is shown"
    case .falls:
      "the first workers cost more than the further ones, as where one worker runs at a higher clock, or where caches "
        + "come with the cores"
    }
  }
}
