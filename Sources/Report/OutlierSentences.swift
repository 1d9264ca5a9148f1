import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// Which trials are outliers, or with many of them how many there are of which configuration; empty where none is.
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
          "\(name) round \($0.round) (\(Readable.fixed($0.ratio, decimals: 2)) times the median)"
        }
    }
    return [Readable.line("Outliers, which are kept: \(Readable.list(names)).", limit: 1000)]
  }
}
