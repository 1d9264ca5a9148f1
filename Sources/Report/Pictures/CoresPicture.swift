import Analysis
import Formatting
import Records

extension MeasuredTrial {
  /// Draws the utilization of every core over time; `nil` if it was not recorded.
  func coreUse(on place: String?) -> Drawing? {
    guard let timeline = process?.activity?.cores, timeline.span > 0 else { return nil }
    let cores = zip(timeline.cores, timeline.busy).map { core, values in
      (name: "core \(core)", values: merged(values), mean: Readable.percent(mean(values)))
    }
    let interval = Double(timeline.interval) * Double(mergedNeighbours(timeline.busy.map(\.count).max() ?? 0))
    return RowChart(
      title: "Cores: \(name(on: place))",
      subtitle: "utilization of each core, from the start of the process to its end",
      description: "Mean utilization: \(cores.map { "\($0.name) \($0.mean)" }.joined(separator: ", ")).",
      axis: .linear, lower: 0, upper: Double(timeline.span),
      legend: ["under 20 %", "20–40 %", "40–60 %", "60–80 %", "over 80 %"].enumerated().map {
        ($1, "fill c0 h\($0)")
      },
      rows: cores.map { core in
        .init(
          label: core.name, value: core.mean,
          marks: cells(core.values, interval, Double(timeline.span)))
      }, rowHeight: rowHeight(of: timeline.cores.count),
      text: { $0 == 0 ? "0" : trimmed(Readable.duration(nanoseconds: $0)) }
    ).drawing
  }

  /// Merges neighbours of equal shade into one cell.
  private func cells(_ values: [Double], _ interval: Double, _ span: Double) -> [RowChart.Mark] {
    let levels = values.map { min(max(Int($0 / 20), 0), 4) }
    let starts = levels.indices.filter { $0 == 0 || levels[$0] != levels[$0 - 1] }
    return zip(starts, starts.dropFirst() + [levels.count]).map { start, next in
      let end = next == levels.count ? span : Double(next) * interval
      return .init(shape: .bar(Double(start) * interval, end), style: "fill c0 h\(levels[start])")
    }
  }

  /// Returns how many values to merge, so that a row has at most 80 cells, which can still be seen one by one.
  private func mergedNeighbours(_ count: Int) -> Int {
    max(1, (count + 79) / 80)
  }

  private func merged(_ values: [Int]) -> [Double] {
    let step = mergedNeighbours(values.count)
    return stride(from: 0, to: values.count, by: step).map { start in
      mean(Array(values[start..<min(start + step, values.count)])) * 100
    }
  }

  /// Returns the mean of percentages as a fraction.
  private func mean(_ values: [Int]) -> Double {
    values.isEmpty ? 0 : values.reduce(0.0) { $0 + Double($1) } / Double(values.count) / 100
  }
}
