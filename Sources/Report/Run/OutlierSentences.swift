import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The outliers: each trial, or counts by configuration if there are many; empty if there are none.
  var outlierSentences: [String] {
    let found = rows.compactMap { row in row.outliers.map { (row: row, outliers: $0) } }.filter {
      !$0.outliers.isEmpty
    }
    let count = found.reduce(0) { $0 + $1.outliers.count }
    if count == 0 { return [] }
    let names = found.flatMap { row, outliers in
      let name = name(of: row.configuration, workers: row.configuration.workers)
      return count > 4
        ? ["\(name) (\(outliers.count) of \(row.trials))"]
        : outliers.map {
          "\(name) round \($0.round) (\(Readable.fixed($0.ratio, decimals: 2))× the median)"
        }
    }
    return [Readable.line("Outliers (kept): \(Readable.list(names)).", limit: 1000)]
  }
}
