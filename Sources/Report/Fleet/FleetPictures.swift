import Analysis
import Formatting
import Records

/// Returns pictures of a fleet by time: the rate, the instances beside the simulated ones, their utilization, the latency against the
/// objective, and the jobs.
///
/// - Returns: The names of files without an extension, with their texts; empty without samples.
public func fleetPictures(of record: FleetRecord, simulated: SimulationRecord.Policy? = nil) -> [(
  name: String, svg: String
)] {
  fleetDrawings(of: record, simulated).map { ($0.name, $0.drawing.file) }
}

/// Returns the pictures of a fleet, with the names of their files.
func fleetDrawings(of record: FleetRecord, _ simulated: SimulationRecord.Policy?) -> [(
  name: String, drawing: Drawing
)] {
  if record.points.isEmpty { return [] }
  let charts = FleetCharts(record, simulated)
  return [
    ("instances", charts.instances), ("rate", charts.rate), ("latency", charts.latency),
    ("utilization", charts.utilization), ("jobs", charts.jobs),
  ].compactMap { name, chart in chart.drawing.map { (name, $0) } }
}

/// The charts of a fleet.
private struct FleetCharts {
  private let record: FleetRecord
  private let simulated: SimulationRecord.Policy?

  init(_ record: FleetRecord, _ simulated: SimulationRecord.Policy?) {
    (self.record, self.simulated) = (record, simulated)
  }

  var rate: TimeChart {
    let settings = record.settings
    let interval = Double(settings.rateInterval ?? 0) / 1e9
    let (start, end) = (record.trafficStart, Double(record.duration) / 1e9)
    let rates = (settings.rates ?? []).enumerated().prefix { start + interval * Double($0.offset) < end }
    // The last rate reaches to the end of its interval, or of the fleet.
    let offered =
      rates.map { Point(x: start + interval * Double($0.offset), y: $0.element) }
      + rates.suffix(1).map { Point(x: min(end, start + interval * Double($0.offset + 1)), y: $0.element) }
    let isOffered = interval > 0 && !offered.isEmpty
    return chart(
      "Rate", "requests per second",
      [series(isOffered ? "answered" : "") { $0.rate }]
        + (isOffered ? [.init(name: "offered", points: TimeChart.thinned(offered), isStepped: true)] : []))
  }

  var instances: TimeChart {
    var chart = chart(
      "Instances", "in service, desired" + (simulated == nil ? "" : ", and in service in the simulation"),
      [
        series("in service", isStepped: true) { Double($0.inService) },
        series("desired", isStepped: true) { Double($0.desired) },
      ]
        + simulatedSeries("simulated", isStepped: true) { Double($0.inService) })
    let events = record.events.filter { $0.kind.isFault || $0.kind.isReplacement }
    // Of very many, the first ones.
    chart.marks = events.prefix(200).map { event in
      .init(
        time: Double(event.time) / 1e9, marker: event.kind.isFault ? .tip : .diamond,
        style: event.kind.isFault ? 5 : 3)
    }
    chart.legend = [
      (.tip, 5, "fault: \(kinds(events.filter(\.kind.isFault)))"),
      (.diamond, 3, kinds(events.filter(\.kind.isReplacement))),
    ].filter { entry in chart.marks.contains { $0.marker == entry.0 } }
    return chart
  }

  var utilization: TimeChart {
    chart(
      "Utilization", "percent of the shares of instances in service",
      [series(simulated == nil ? "" : "live") { $0.utilization.map { 100 * $0 } }]
        + simulatedSeries("simulated") { $0.utilization.map { 100 * $0 } })
  }

  var latency: TimeChart {
    let objective = record.settings.objective
    let percentile = "p\(Readable.plain(objective.percentile))"
    var chart = chart(
      "Latency, \(percentile)", "milliseconds, objective \(objective.text)",
      [series(percentile) { $0.latency.map { Double($0) / 1e6 } }])
    chart.limit = (Double(objective.time) / 1e6, "objective")
    return chart
  }

  var jobs: TimeChart {
    chart(
      "Jobs", "jobs that wait or run",
      [
        series("waiting", isStepped: true) { $0.jobs.map { Double($0.waiting) } },
        series("running", isStepped: true) { $0.jobs.map { Double($0.running) } },
      ])
  }

  private func chart(_ title: String, _ subtitle: String, _ series: [TimeChart.Series]) -> TimeChart {
    TimeChart(
      title: title, subtitle: subtitle, timeUnit: "seconds", series: series, timeText: Readable.grouped)
  }

  private func series(
    _ name: String, isStepped: Bool = false, _ value: (FleetRecord.Point) -> Double?
  ) -> TimeChart.Series {
    let points = record.points.map { point in
      value(point).map { Point(x: Double(point.time) / 1e9, y: $0) }
    }
    return .init(name: name, points: TimeChart.thinned(points), isStepped: isStepped)
  }

  /// Returns a quantity of the simulation in wall time; empty without one.
  private func simulatedSeries(
    _ name: String, isStepped: Bool = false, _ value: (SimulationRecord.Point) -> Double?
  ) -> [TimeChart.Series] {
    guard let simulated else { return [] }
    let scale = record.settings.timeScale
    let points = simulated.timeline.map { point in value(point).map { Point(x: point.time / scale, y: $0) } }
    return [.init(name: name, points: TimeChart.thinned(points), isStepped: isStepped)]
  }

  private func kinds(_ events: [FleetRecord.Event]) -> String {
    FleetRecord.Event.Kind.allCases.filter { kind in events.contains { $0.kind == kind } }.map(\.phrase)
      .joined(separator: ", ")
  }
}
