import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// Returns a chart of the speedup over `single` by number of workers, with the ideal: as many times as there are
  /// workers, up to the number of CPUs.
  func speedupChart(kernel: String, effectiveCPUs: Int, on place: String?) -> LineChart {
    let series = series(kernel: kernel) { row in
      row.speedup.map { ($0, row.speedupInterval.map { ($0.lower, $0.upper) }) }
    }
    let most = series.flatMap(\.measures).map(\.workers).max() ?? 1
    let corner = min(most, Double(max(1, effectiveCPUs)))
    return LineChart(
      title: "Speedup: \(subject(kernel: kernel, on: place))",
      subtitle: "speedup over single\(whiskerNote(series))", workersAxis: .linear, series: series,
      ideal: [(0, 0), (corner, corner)] + (most > corner ? [(most, corner)] : []), text: number)
  }

  /// Returns a chart of the efficiency by number of workers.
  func efficiencyChart(kernel: String, on place: String?) -> LineChart {
    let series = series(kernel: kernel) { row in
      row.efficiency.map { ($0, row.efficiencyInterval.map { ($0.lower, $0.upper) }) }
    }
    let most = series.flatMap(\.measures).map(\.workers).max() ?? 1
    return LineChart(
      title: "Efficiency: \(subject(kernel: kernel, on: place))",
      subtitle: "speedup divided by workers; 1 is perfect\(whiskerNote(series))", workersAxis: .logarithmic,
      series: series, ideal: [(1, 1), (most, 1)], text: number)
  }

  private func series(
    kernel: String, measure: (ConfigurationAnalysis) -> (Double, (Double, Double)?)?
  ) -> [LineChart.Series] {
    seriesNames.enumerated().compactMap { style, name in
      let measures = rows.compactMap { row -> LineChart.Measure? in
        let configuration = row.configuration
        guard configuration.model != "single", configuration.kernel == kernel,
          configuration.seriesName == name,
          let (value, interval) = measure(row), value.isFinite
        else { return nil }
        return .init(
          workers: Double(configuration.workers), value: value,
          interval: interval.map { (lower: $0.0, upper: $0.1) })
      }
      let sorted = measures.sorted { $0.workers < $1.workers }
      return sorted.isEmpty ? nil : .init(name: name, style: style, measures: sorted)
    }
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
