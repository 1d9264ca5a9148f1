import Analysis
import Formatting
import Records

/// The rows of a workload with one kernel, drawn by number of workers.
struct KernelScale {
  private let rows: [ConfigurationAnalysis]
  private let subject: String
  private let reference: String
  private let styles: [String: Int]

  /// Makes the scale of a kernel.
  ///
  /// - Parameters:
  ///   - rows: The rows with the kernel.
  ///   - styles: The style of each series.
  ///   - place: The machine's name for the title; `nil` if there is only one run.
  init(
    _ workload: WorkloadAnalysis, _ kernel: String, _ rows: [ConfigurationAnalysis], _ styles: [String: Int],
    place: String?
  ) {
    self.rows = rows.filter(\.configuration.hasSeries)
    self.styles = styles
    reference = workload.referenceName
    subject = workload.subject(kernel: kernel, on: place)
  }

  /// Returns a chart of the speedup over `single`, or over one worker, with the ideal: as many times as there are workers, up to the number
  /// of CPUs.
  func speedupChart(effectiveCPUs: Int) -> LineChart {
    let series = series { row in
      row.speedup.map { ($0, row.speedupInterval.map { ($0.lower, $0.upper) }) }
    }
    let most = series.flatMap(\.measures).map(\.workers).max() ?? 1
    let corner = min(most, Double(max(1, effectiveCPUs)))
    return LineChart(
      title: "Speedup: \(subject)",
      subtitle: "speedup over \(reference)\(whiskerNote(series))", workersAxis: .linear, series: series,
      ideal: [(0, 0), (corner, corner)] + (most > corner ? [(most, corner)] : []), text: number)
  }

  /// The efficiency.
  var efficiencyChart: LineChart {
    let series = series { row in
      row.efficiency.map { ($0, row.efficiencyInterval.map { ($0.lower, $0.upper) }) }
    }
    let most = series.flatMap(\.measures).map(\.workers).max() ?? 1
    return LineChart(
      title: "Efficiency: \(subject)",
      subtitle: "speedup divided by workers; 1 is perfect\(whiskerNote(series))", workersAxis: .logarithmic,
      series: series, ideal: [(1, 1), (most, 1)], text: number)
  }

  private func series(
    measure: (ConfigurationAnalysis) -> (Double, (Double, Double)?)?
  ) -> [LineChart.Series] {
    var measures: [String: [LineChart.Measure]] = [:]
    for row in rows {
      guard let (value, interval) = measure(row), value.isFinite else { continue }
      measures[row.configuration.seriesName, default: []].append(
        .init(
          workers: Double(row.configuration.workers), value: value,
          interval: interval.map { (lower: $0.0, upper: $0.1) }))
    }
    return measures.map { name, measures in
      .init(name: name, style: styles[name] ?? 0, measures: measures.sorted { $0.workers < $1.workers })
    }.sorted { $0.style < $1.style }
  }

  private func whiskerNote(_ series: [LineChart.Series]) -> String {
    series.flatMap(\.measures).contains { $0.interval != nil } ? "; bars: 95 % CI" : ""
  }

  private func number(_ value: Double) -> String {
    trimmed(Readable.fixed(value, decimals: 2))
  }
}

/// Returns a number without trailing zeros after the decimal point, such as `200 ms` for `200.0 ms`.
func trimmed(_ text: String) -> String {
  let number = text.prefix { "0123456789.-".contains($0) }
  guard number.contains(".") else { return text }
  let short = number.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()
  return String(short) + text.dropFirst(number.count)
}
