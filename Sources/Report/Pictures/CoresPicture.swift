import Analysis
import Formatting
import Records

/// What the cores of the machine did in one trial.
extension MeasuredTrial {
  /// How busy every core was over time; `nil` where nobody watched.
  func coreUse(on place: String?) -> Drawing? {
    guard let timeline = process?.activity?.cores, timeline.span > 0 else { return nil }
    let cores = zip(timeline.cores, timeline.busy).map { core, values in
      (name: "core \(core)", values: merged(values), mean: Readable.percent(mean(values)))
    }
    let interval = Double(timeline.interval) * Double(mergedNeighbours(timeline.busy.map(\.count).max() ?? 0))
    return RowChart(
      title: "Cores: \(name(on: place))",
      subtitle: "how busy each core was, from the process' start to its end",
      description: "Busy on average: \(cores.map { "\($0.name) \($0.mean)" }.joined(separator: ", ")).",
      axis: .linear, lower: 0, upper: Double(timeline.span),
      legend: ["under 20 %", "to 40 %", "to 60 %", "to 80 %", "more"].enumerated().map {
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

  /// Neighbours that look alike are one cell.
  private func cells(_ values: [Double], _ interval: Double, _ span: Double) -> [RowChart.Mark] {
    let levels = values.map { min(max(Int($0 / 20), 0), 4) }
    let starts = levels.indices.filter { $0 == 0 || levels[$0] != levels[$0 - 1] }
    return zip(starts, starts.dropFirst() + [levels.count]).map { start, next in
      let end = next == levels.count ? span : Double(next) * interval
      return .init(shape: .bar(Double(start) * interval, end), style: "fill c0 h\(levels[start])")
    }
  }

  /// At most so many cells a row: more could not be told apart.
  private func mergedNeighbours(_ count: Int) -> Int {
    max(1, (count + 79) / 80)
  }

  private func merged(_ values: [Int]) -> [Double] {
    let step = mergedNeighbours(values.count)
    return stride(from: 0, to: values.count, by: step).map { start in
      mean(Array(values[start..<min(start + step, values.count)])) * 100
    }
  }

  /// The mean of percentages, as a part of 1.
  private func mean(_ values: [Int]) -> Double {
    values.isEmpty ? 0 : values.reduce(0.0) { $0 + Double($1) } / Double(values.count) / 100
  }
}
