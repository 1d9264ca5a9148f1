import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The meaning of the serial fraction's trend, one sentence for all models with the same trend.
  var serialFractionSentences: [String] {
    let trends = scalings.compactMap { scaling in
      scaling.serialFraction.map { trend in
        (
          name: name(of: scaling.configuration, workers: nil), trend: trend,
          cause: trend.finding == .constant ? cause(of: trend, scaling) : nil
        )
      }
    }
    return SerialFractionTrend.Finding.allCases.flatMap { finding in
      let found = trends.filter { $0.trend.finding == finding }
      var seen: Set<LossAttribution.Part?> = []
      let causes = found.map(\.cause).filter { seen.insert($0).inserted }
      return causes.map { cause in
        let names = found.filter { $0.cause == cause }.map { "\($0.name) (\(text(of: $0.trend)))" }
        return Readable.line(
          "\(finding.beginning) \(Readable.list(names)): \(finding.meaning(cause)).", limit: 1000)
      }
    }
  }

  /// Returns the loss that explains the serial fraction of a model with the most workers instead of serial code; `nil` if none
  /// is known. The unused cores of a command may be serial code.
  private func cause(of trend: SerialFractionTrend, _ scaling: ModelScaling) -> LossAttribution.Part? {
    let row = rows.first {
      $0.configuration.isSameSeries(as: scaling.configuration)
        && $0.configuration.workers == trend.last.workers
    }
    return row?.losses?.largest.flatMap { $0 == .unusedCores ? nil : $0 }
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

  fileprivate func meaning(_ cause: LossAttribution.Part?) -> String {
    switch self {
    case .grows:
      "growing overhead limits the speedup, such as contention, communication or imbalance, not serial code"
    case .constant:
      cause.map { "the greatest loss names the cause, \($0.title), not serial code" }
        ?? "serial work of that size would explain the speedup"
    case .nothing: "serial work and growing overhead are too small to be seen in these data"
    case .falls:
      "the first added workers cost more than later ones, for example because one worker alone runs at a higher "
        + "frequency, or because caches come with the cores"
    case .slower: "the workers together are slower than one, which serial code cannot explain"
    }
  }
}
