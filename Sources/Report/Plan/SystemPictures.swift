import Formatting
import Records

/// Returns pictures of the throughput and of the response by traffic: a line per stage, and dashed the bounds of its bottleneck.
///
/// - Returns: The names of files without an extension, with their texts.
func systemDrawings(of system: SystemRecord) -> [(name: String, drawing: Drawing)] {
  let scale: Axis.Kind = system.stages.count > 1 ? .logarithmic : .linear
  let throughput = SystemChart(
    title: "Throughput", unit: "answered requests per second; dashed: the bottleneck's bound", scale, scale,
    system.stages
  ) { ($0.throughput, $0.throughputBound) }
  let response = SystemChart(
    title: "Response", unit: "mean in milliseconds; dashed: the bottleneck's bound", scale, .logarithmic,
    system.stages
  ) { ($0.response / 1e6, $0.responseBound / 1e6) }
  return [("throughput", throughput.drawing), ("response", response.drawing)]
}

/// A chart of a quantity by traffic, with a line per stage.
private struct SystemChart {
  /// The most lines, for which there are different places and names.
  private static let mostLines = 2 * DrawingStyle.colours
  private let title: String
  private let unit: String
  private let heading: Heading
  private let lines: [(name: String, values: [Point], bounds: [Point])]
  private let horizontal: Axis
  private let vertical: Axis
  private let nameWidth: Double

  init(
    title: String, unit: String, _ across: Axis.Kind, _ up: Axis.Kind, _ stages: [SystemRecord.Stage],
    value: (SystemRecord.Point) -> (value: Double, bound: Double)
  ) {
    (self.title, self.unit) = (title, unit)
    heading = Heading(title, unit)
    // Of many stages, some are drawn, with the first and the last.
    let count = min(stages.count, Self.mostLines)
    let lines = (0..<count).map { index in
      let stage = stages[count < 2 ? 0 : index * (stages.count - 1) / (count - 1)]
      return (
        name: count < 2 ? "" : Readable.line(stage.name),
        values: stage.curve.map { Point(x: $0.rate, y: value($0).value) },
        bounds: stage.curve.map { Point(x: $0.rate, y: value($0).bound) }
      )
    }
    let points = lines.flatMap { $0.values + $0.bounds }
    let (rates, values) = (points.map(\.x), points.map(\.y))
    let top = heading.bottom
    let bottom = top + max(200, 16 * Double(count))
    let nameWidth = min(120, lines.map { TextWidth.of($0.name, size: Drawing.small) }.max() ?? 0)
    (self.lines, self.nameWidth) = (lines, nameWidth)
    horizontal = Axis(
      across, from: across == .linear ? 0 : rates.min() ?? 1, to: rates.max() ?? 1, start: 64,
      end: Drawing.width - nameWidth - 24)
    vertical = Axis(
      up, from: up == .linear ? 0 : values.min() ?? 1, to: (values.max() ?? 1) * 1.02, start: bottom,
      end: top)
  }

  var drawing: Drawing {
    Drawing(
      title: title, description: description, height: vertical.start + 44,
      shapes: heading.shapes + frame + bounds + curves + names)
  }

  private var description: String {
    let ends = lines.map { line in
      "\(line.name.isEmpty ? title : line.name): \(Readable.grouped(line.values.first?.y ?? 0)) to "
        + "\(Readable.grouped(line.values.last?.y ?? 0))."
    }
    return ([unit + ", by requests per second."] + ends).joined(separator: " ")
  }

  private func places(_ points: [Point]) -> [Point] {
    points.map { Point(x: horizontal.place($0.x), y: vertical.place($0.y)) }
  }

  private var bounds: [Markup] { lines.map { .line(places($0.bounds), class: "ideal") } }

  private var curves: [Markup] {
    lines.enumerated().map { .line(places($1.values), class: "stroke \(style($0))") }
  }

  /// The names in the margin, in the order of the ends of their lines; of ends at about the same height, in the order of the stages.
  private var names: [Markup] {
    var ends: [(index: Int, name: String, y: Double)] = []
    for (index, line) in lines.enumerated() where !line.name.isEmpty {
      ends.append((index, line.name, places(line.values).last?.y ?? vertical.start))
    }
    ends.sort { first, second in
      let (row, other) = ((first.y / 16).rounded(), (second.y / 16).rounded())
      return row == other ? first.index < second.index : row < other
    }
    let heights = spread(ends.map { $0.y }.sorted(), apart: 16, in: vertical.end...vertical.start)
    return zip(ends, heights).flatMap { end, y -> [Markup] in
      [
        .line(
          Point(x: horizontal.end + 2, y: y), Point(x: horizontal.end + 14, y: y),
          class: "stroke \(style(end.index))"),
        .label(
          TextWidth.fit(end.name, into: nameWidth, size: Drawing.small),
          at: Point(x: horizontal.end + 18, y: y + 4),
          class: "small"),
      ]
    }
  }

  private var frame: [Markup] {
    plotFrame(
      horizontal, "requests per second sent", ticks: 5, text: Readable.grouped, vertical, ticks: 6)
  }
}
