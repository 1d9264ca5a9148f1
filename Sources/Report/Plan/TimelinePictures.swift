import Formatting
import Records

/// Returns pictures of simulated policies by time: the traffic, the desired instances and those in service, the utilization, the
/// response and the queue; of a system, those of its throughput and response by traffic.
///
/// - Returns: The names of files without an extension, with their texts; empty without a simulation and a system.
public func planPictures(of plan: PlanRecord) -> [(name: String, svg: String)] {
  planDrawings(of: plan).map { ($0.name, $0.drawing.file) }
}

/// Returns the pictures of a plan, with the names of their files.
func planDrawings(of plan: PlanRecord) -> [(name: String, drawing: Drawing)] {
  plan.simulation.map(timelineDrawings) ?? plan.system.map(systemDrawings) ?? []
}

/// Returns the pictures of simulated policies, with the names of their files.
func timelineDrawings(_ simulation: SimulationRecord) -> [(name: String, drawing: Drawing)] {
  let percentile = "p\(Readable.plain(simulation.objective.percentile))"
  let policies = simulation.policies
  let charts: [(name: String, chart: TimelineChart?)] = [
    (
      "traffic",
      TimelineChart(title: "Traffic", unit: "requests per second", Array(policies.prefix(1)), named: false) {
        $0.rate
      }
    ),
    (
      "desired",
      TimelineChart(title: "Desired instances", unit: "instances", policies) { Double($0.desired) }
    ),
    (
      "instances",
      TimelineChart(title: "Instances in service", unit: "instances", policies) { Double($0.inService) }
    ),
    (
      "utilization",
      TimelineChart(title: "Utilization", unit: "percent of the cores in service", policies) {
        $0.utilization.map { 100 * $0 }
      }
    ),
    (
      "response",
      TimelineChart(
        title: "Response, \(percentile)", unit: "milliseconds, objective \(simulation.objective.text)",
        policies
      ) { $0.response.map { Double($0) / 1e6 } }
    ),
    (
      "queue",
      TimelineChart(title: "Queue", unit: "requests that wait for a core", policies) { $0.queue }
    ),
  ]
  return charts.compactMap { name, chart in chart.map { (name, $0.drawing) } }
}

/// A chart of a quantity over simulated time, with a line per policy.
private struct TimelineChart {
  /// The most points of a line: a pixel or two each.
  private static let mostPoints = 360
  private static let top = 52.0
  private static let bottom = 252.0

  private let title: String
  private let unit: String
  private let lines: [(name: String, points: [Point])]

  /// Makes a chart; `nil` if no policy has the quantity.
  init?(
    title: String, unit: String, _ policies: [SimulationRecord.Policy], named: Bool = true,
    value: (SimulationRecord.Point) -> Double?
  ) {
    (self.title, self.unit) = (title, unit)
    lines = policies.map { policy in
      // Of several points in a row, the greatest is drawn, so that no spike is lost.
      let width = max(1, (policy.timeline.count + Self.mostPoints - 1) / Self.mostPoints)
      let points = stride(from: 0, to: policy.timeline.count, by: width).compactMap { start -> Point? in
        let part = policy.timeline[start..<min(start + width, policy.timeline.count)]
        return part.compactMap { point in value(point).map { Point(x: point.time / 3600, y: $0) } }.max {
          $0.y < $1.y
        }
      }
      return (named ? Readable.line(policy.name) : "", points)
    }
    if lines.allSatisfy(\.points.isEmpty) { return nil }
  }

  var drawing: Drawing {
    let points = lines.flatMap(\.points)
    let most = max(1e-9, points.map(\.y).max() ?? 1)
    let nameWidth = min(130, lines.map { TextWidth.of($0.name) }.max() ?? 0)
    let vertical = Axis(from: 0, to: most * 1.02, start: Self.bottom, end: Self.top)
    let horizontal = Axis(
      from: 0, to: points.map(\.x).max() ?? 1, start: 50, end: Drawing.width - nameWidth - 24)
    let curves = lines.enumerated().map { index, line in
      Markup.line(
        line.points.map { Point(x: horizontal.place($0.x), y: vertical.place($0.y)) },
        class: "stroke \(style(index))")
    }
    let height = spread(
      lines.map { line in line.points.last.map { vertical.place($0.y) } ?? Self.bottom }, apart: 16,
      in: Self.top...Self.bottom)
    let names = lines.indices.flatMap { index -> [Markup] in
      let y = height[index]
      if lines[index].name.isEmpty { return [] }
      return [
        .line(
          Point(x: horizontal.end + 2, y: y), Point(x: horizontal.end + 14, y: y),
          class: "stroke \(style(index))"),
        .label(
          TextWidth.fit(lines[index].name, into: nameWidth), at: Point(x: horizontal.end + 18, y: y + 4)),
      ]
    }
    return Drawing(
      title: title, description: description, height: Self.bottom + 44,
      shapes: heading(title, unit)
        + plotFrame(horizontal, "hours", ticks: 6, text: Readable.plain, vertical, ticks: 5) + curves + names)
  }

  private var description: String {
    let ends = lines.map { line in
      let values = line.points.map(\.y)
      return
        "\(line.name.isEmpty ? title : line.name): from \(Readable.grouped(values.min() ?? 0)) to \(Readable.grouped(values.max() ?? 0))."
    }
    return ([unit + " by hour."] + ends).joined(separator: " ")
  }
}
