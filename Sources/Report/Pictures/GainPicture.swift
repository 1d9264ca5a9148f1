import Formatting
import Records

extension ComparisonRecord {
  /// The pictures of a comparison: for each kind of work, the throughput of every machine relative to the baseline, each with
  /// every core in use.
  var gainDrawings: [Drawing] {
    var seen: Set<[String]> = []
    let kinds = leadingGains.map(Self.kind).filter { seen.insert($0).inserted }
    return kinds.compactMap { kind in chart(of: leadingGains.filter { Self.kind($0) == kind }).drawing }
  }

  private static func kind(_ gain: Gain) -> [String] {
    [
      gain.configuration.workName, gain.configuration.kernel,
      gain.configuration.command == nil ? "" : gain.configuration.model,
    ]
  }

  /// Returns the chart of one kind of work, with the gain of each other run.
  private func chart(of gains: [Gain]) -> RowChart {
    let work = gains.first.map { Readable.line($0.configuration.workName) } ?? ""
    let rows = gains.map { gain -> RowChart.Row in
      let ratio = gain.gain
      let bar = RowChart.Mark(shape: .bar(0, ratio.value), style: "fill \(style(gain.run))")
      let interval = ratio.lower.flatMap { lower in
        ratio.upper.map { RowChart.Mark(shape: .bar(lower, $0), style: "pale") }
      }
      return .init(
        label: Readable.line("\(runs[gain.run].name) \(runs[gain.run].host)"),
        value: "\(Readable.ratio(ratio.value))×", marks: [bar] + [interval].compactMap(\.self))
    }
    let baseline = RowChart.Row(
      label: Readable.line("\(runs[0].name) \(runs[0].host)"), value: "1×",
      marks: [.init(shape: .bar(0, 1), style: "fill \(style(0))")])
    let greatest = gains.map { max($0.gain.value, $0.gain.upper ?? 0) }.max() ?? 1
    return RowChart(
      title: "Throughput with every core: \(work)",
      subtitle: "relative to \(runs[0].name), with \(gains.first?.configuration.model ?? "")"
        + "; shaded: 95 % CI",
      description: gains.map { "\(runs[$0.run].name): \($0.gain.text) times \(runs[0].name)." }
        .joined(separator: " "),
      axis: .linear, lower: 0, upper: max(1, greatest) * 1.03, legend: [], rows: [baseline] + rows,
      rowHeight: 26,
      text: { trimmed(Readable.fixed($0, decimals: 2)) })
  }
}
