import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// Returns a chart of the lost core time, one bar per configuration, stacked by cause. Negative losses lie left of
  /// zero.
  func lossChart(on place: String?) -> RowChart {
    let parts = lossParts
    let known = rows.compactMap { row in row.losses.map { (row: row, losses: $0) } }
    let sums = known.map { _, losses in
      let shares = parts.map(losses.share)
      return (gains: shares.filter { $0 < 0 }.reduce(0, +), losses: shares.filter { $0 > 0 }.reduce(0, +))
    }
    return RowChart(
      title: "Lost core time: \(subject(on: place))",
      subtitle: "share of core time beyond \(referenceName)'s, by cause; total at the right",
      description: description(known, parts), axis: .linear, lower: sums.map(\.gains).min() ?? 0,
      upper: max(sums.map(\.losses).max() ?? 0, 0.01),
      legend: parts.enumerated().map { ($1.title, "fill \(Report.style($0))") },
      rows: known.map { row, losses in
        .init(
          label: name(of: row), value: percentage(losses),
          marks: marks(losses, parts))
      }, rowHeight: 20, text: { trimmed(Readable.percent($0)) })
  }

  private func percentage(_ losses: LossAttribution) -> String {
    losses.coreTime > 0 ? Readable.percent(losses.lost / losses.coreTime) : "-"
  }

  private func description(
    _ known: [(row: ConfigurationAnalysis, losses: LossAttribution)], _ parts: [LossAttribution.Part]
  ) -> String {
    known.map { row, losses in
      let shares = parts.map { "\($0.title) \(Readable.percent(losses.share(of: $0)))" }
      return "\(name(of: row)) lost \(percentage(losses)): " + shares.joined(separator: ", ") + "."
    }.joined(separator: " ")
  }

  private func marks(_ losses: LossAttribution, _ parts: [LossAttribution.Part]) -> [RowChart.Mark] {
    var (gain, loss) = (0.0, 0.0)
    return parts.enumerated().map { position, part in
      let share = losses.share(of: part)
      let from = share < 0 ? gain : loss
      if share < 0 { gain += share } else { loss += share }
      return .init(shape: .bar(from, from + share), style: "fill \(Report.style(position))")
    }
  }
}
