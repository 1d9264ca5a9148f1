import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// Returns a chart of all measured trials, or of the rates for a workload of fixed time, with one row per configuration
  /// and one dot per trial: its deviation from the median of its configuration.
  func sampleChart(on place: String?) -> RowChart {
    let deviations = rows.map { row in
      let median = middle(of: row)
      return median > 0 ? row.measured.samples.map { $0 / median - 1 }.filter(\.isFinite) : []
    }
    let all = deviations.flatMap(\.self)
    let styles = seriesStyles
    let what = traffic != nil ? "CPU time per request" : isTimed ? "Time" : "Rate"
    return RowChart(
      title: "\(what) of every trial: \(subject(on: place))",
      subtitle: "\(quantity): deviation of each trial from the median at the right", description: description,
      axis: .linear, lower: min(all.min() ?? 0, -0.01) * 1.05, upper: max(all.max() ?? 0, 0.01) * 1.05,
      legend: [],
      rows: zip(rows, deviations).map { row, deviations in
        .init(
          label: name(of: row), value: text(middle(of: row)),
          marks: marks(deviations, style: styles[row.configuration.seriesName].map(Report.style)))
      }, rowHeight: 18,
      text: { deviation in
        let text = trimmed(Readable.percent(deviation))
        return deviation > 0 ? "+\(text)" : deviation < 0 ? text.replacing("-", with: "−") : "0"
      })
  }

  private var isTimed: Bool { duration == nil && upTo != nil || traffic != nil || command != nil }

  private var quantity: String {
    traffic != nil ? "of the server's processes" : isTimed ? "time of the region" : "operations per second"
  }

  private var description: String {
    rows.map { row in
      let spread = isTimed ? row.region : row.rate
      return "\(name(of: row)): median \(text(spread.median)), "
        + "\(text(spread.minimum)) to \(text(spread.maximum)) in \(Readable.count(row.trials, "trial"))."
    }.joined(separator: " ")
  }

  private func middle(of row: ConfigurationAnalysis) -> Double {
    isTimed ? row.region.median : row.rate.median
  }

  private func text(_ quantity: Double) -> String {
    isTimed ? Readable.duration(nanoseconds: quantity) : Readable.large(quantity)
  }

  private func marks(_ deviations: [Double], style: String?) -> [RowChart.Mark] {
    let style = style ?? "quiet"
    return deviations.map { .init(shape: .dot($0), style: "dots \(style)") }
      + [.init(shape: .stroke(0), style: "tick \(style)")]
  }
}
