import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// Returns a chart of the times of all measured trials, or of the rates for a workload of fixed time, with one row
  /// per configuration and one dot per trial.
  func sampleChart(on place: String?) -> RowChart {
    let samples = rows.map(\.measured.samples)
    let all = samples.flatMap(\.self).filter { $0 > 0 && $0.isFinite }
    let (least, most) = (all.min() ?? 1, all.max() ?? 1)
    let isWide = most > 8 * least
    let styles = seriesStyles
    let what = traffic != nil ? "CPU time per request" : isTimed ? "Time" : "Rate"
    return RowChart(
      title: "\(what) of every trial: \(subject(on: place))",
      subtitle:
        "\(quantity); dots: trials, line: median"
        + (isWide ? "; logarithmic" : ""),
      description: description, axis: isWide ? .logarithmic : .linear,
      lower: isWide ? least * 0.9 : 0, upper: most * 1.03, legend: [],
      rows: zip(rows, samples).map { row, samples in
        .init(
          label: name(of: row), value: text(middle(of: row)),
          marks: marks(samples, of: row, style: styles[row.configuration.seriesName].map(Report.style)))
      }, rowHeight: 18, text: { $0 == 0 ? "0" : trimmed(text($0)) })
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

  private func marks(
    _ samples: [Double], of row: ConfigurationAnalysis, style: String?
  ) -> [RowChart.Mark] {
    let style = style ?? "quiet"
    return samples.map { .init(shape: .dot($0), style: "dots \(style)") }
      + [.init(shape: .stroke(middle(of: row)), style: "tick \(style)")]
  }
}
