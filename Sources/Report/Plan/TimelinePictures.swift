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
  let charts: [(name: String, chart: TimeChart)] = [
    (
      "traffic",
      TimeChart(title: "Traffic", unit: "requests per second", Array(policies.prefix(1)), named: false) {
        $0.rate
      }
    ),
    (
      "desired",
      TimeChart(title: "Desired instances", unit: "instances", policies) { Double($0.desired) }
    ),
    (
      "instances",
      TimeChart(title: "Instances in service", unit: "instances", policies) { Double($0.inService) }
    ),
    (
      "utilization",
      TimeChart(title: "Utilization", unit: "percent of the cores in service", policies) {
        $0.utilization.map { 100 * $0 }
      }
    ),
    (
      "response",
      TimeChart(
        title: "Response, \(percentile)", unit: "milliseconds, objective \(simulation.objective.text)",
        policies
      ) { $0.response.map { Double($0) / 1e6 } }
    ),
    (
      "queue",
      TimeChart(title: "Queue", unit: "requests that wait for a core", policies) { $0.queue }
    ),
  ]
  return charts.compactMap { name, chart in chart.drawing.map { (name, $0) } }
}

extension TimeChart {
  /// Makes a chart of a quantity over simulated time, with a line per policy.
  fileprivate init(
    title: String, unit: String, _ policies: [SimulationRecord.Policy], named: Bool = true,
    value: (SimulationRecord.Point) -> Double?
  ) {
    let series = policies.map { policy in
      Series(
        name: named ? Readable.line(policy.name) : "",
        points: Self.thinned(
          policy.timeline.map { point in value(point).map { Point(x: point.time / 3600, y: $0) } }))
    }
    self.init(title: title, subtitle: unit, timeUnit: "hours", series: series)
  }
}
