import Analysis
import Formatting
import Records

/// Several samples in a row as one.
private struct FleetPeriod {
  private let points: ArraySlice<FleetRecord.Point>

  init(_ points: ArraySlice<FleetRecord.Point>) { self.points = points }

  /// The last sample, with the counts at the end of the period.
  var last: FleetRecord.Point? { points.last }
  var rate: Double { points.reduce(0) { $0 + $1.rate } / Double(max(1, points.count)) }
  var failed: Double { points.reduce(0) { $0 + Double($1.failed) } }
  /// The greatest latency: percentiles are never averaged.
  var latency: UInt64? { points.compactMap(\.latency).max() }
  var utilization: Double? {
    let known = points.compactMap(\.utilization)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

/// Returns the group over time in at most `rows` rows, beside its simulation; `nil` without samples.
func fleetTimeline(of record: FleetRecord, _ simulated: SimulationRecord.Policy?, rows mostRows: Int)
  -> Section?
{
  let points = record.points
  if points.isEmpty { return nil }
  let step = max(1, (points.count + mostRows - 1) / mostRows)
  let periods = stride(from: 0, to: points.count, by: step).map {
    FleetPeriod(points[$0..<min($0 + step, points.count)])
  }
  let note =
    step == 1
    ? []
    : [
      "Each row is \(Readable.count(step, "sample")): their mean rate and utilization, their greatest "
        + "p\(Readable.plain(record.settings.objective.percentile)), and the instances at their end."
    ]
  return Section(title: "the group over time", table: timelineTable(periods, record, simulated), lines: note)
}

private func timelineTable(
  _ periods: [FleetPeriod], _ record: FleetRecord, _ simulated: SimulationRecord.Policy?
) -> Table {
  let objective = record.settings.objective
  let (hasFailures, hasJobs) = (
    record.points.contains { $0.failed > 0 }, record.points.contains { $0.jobs != nil }
  )
  let hasUnhealthy = record.points.contains { $0.unhealthy > 0 }
  typealias Cell = (column: Table.Column, isShown: Bool, text: (FleetPeriod, FleetRecord.Point) -> String)
  let cells: [Cell] = [
    (Table.Column("time"), true, { fleetClock(nanoseconds: $1.time) }),
    (Table.Column("requests/s"), true, { period, _ in Readable.grouped(period.rate.rounded()) }),
    (
      Table.Column("failures", rank: 2), hasFailures,
      { period, _ in Readable.grouped(period.failed) }
    ),
    (Table.Column("jobs waiting"), hasJobs, { $1.jobs.map { "\($0.waiting)" } ?? "-" }),
    (Table.Column("desired"), true, { "\($1.desired)" }),
    (Table.Column("in service"), true, { "\($1.inService)" }),
    (
      Table.Column("simulated"), simulated != nil,
      { _, point in simulatedCount(point, record, simulated) }
    ),
    (Table.Column("starting", rank: 3), true, { "\($1.starting)" }),
    (Table.Column("draining", rank: 4), true, { "\($1.draining)" }),
    (Table.Column("unhealthy", rank: 3), hasUnhealthy, { "\($1.unhealthy)" }),
    (
      Table.Column("utilization", rank: 1), true,
      { period, _ in period.utilization.map { "\(Readable.fixed(100 * $0, decimals: 0)) %" } ?? "-" }
    ),
    (
      Table.Column("p\(Readable.plain(objective.percentile))"), true,
      { period, _ in period.latency.map { Readable.duration(nanoseconds: Double($0)) } ?? "-" }
    ),
    (
      Table.Column("", rank: 1, isText: true), true,
      { period, _ in period.latency.map { $0 > objective.time } ?? false ? "late" : "" }
    ),
  ]
  let shown = cells.filter(\.isShown)
  return Table(
    columns: shown.map(\.column),
    rows: periods.compactMap { period in
      period.last.map { point in shown.map { $0.text(period, point) } }
    })
}

/// Returns the simulated instances in service at a sample; `-` outside of the simulation.
private func simulatedCount(
  _ point: FleetRecord.Point, _ record: FleetRecord, _ simulated: SimulationRecord.Policy?
) -> String {
  let time = Double(point.time) / 1e9 * record.settings.timeScale
  return simulated?.point(nearest: time).map { "\($0.inService)" } ?? "-"
}
