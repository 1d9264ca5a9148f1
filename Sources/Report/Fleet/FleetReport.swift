import Analysis
import Formatting
import Records

/// The most rows of a table of decisions, events or instances in text.
private let mostRows = 24

/// Returns the report of a fleet as sentences and tables for a terminal: failures first, then the outcome, the group over time beside
/// its simulation, the decisions with their reasons, the events and the instances.
///
/// - Parameter simulated: The simulation of the same traffic, with times in the policy's seconds since the start of the fleet;
///   `nil` if there is none.
public func fleetReport(
  of record: FleetRecord, simulated: SimulationRecord.Policy? = nil, style: TextStyle = TextStyle()
) -> String {
  let answers = fleetFailures(of: record) + fleetAnswers(of: record, simulated)
  let sections =
    [Section(title: fleetHeading(of: record), lines: answers)]
    + [
      fleetTimeline(of: record, simulated, rows: 20), decisionSection(record), eventSection(record),
      instanceSection(record),
      Section(title: "settings and assumptions", lines: fleetNotes(of: record, simulated)),
    ].compactMap(\.self).map { $0.withoutWideTable(width: style.width) }
  return Section.text(sections, style: style)
}

extension Section {
  /// Returns the section with a line per row in place of a table that is too wide even without the columns that can be left out.
  /// Cells get the names of their columns, except the time at the start and the explanation at the end.
  fileprivate func withoutWideTable(width: Int?) -> Section {
    guard let width, let table, table.lines(width: width).contains(where: { $0.count > width }) else {
      return self
    }
    let rows = table.rows.map { row in
      zip(table.columns, row).enumerated().filter { !["-", ""].contains($0.element.1) }.map {
        position, cell in
        position == 0 || cell.0.title == table.columns.last?.title ? cell.1 : "\(cell.0.title) \(cell.1)"
      }.joined(separator: ", ")
    }
    return Section(title: title, lines: rows + lines)
  }
}

/// Returns the title of a fleet.
func fleetHeading(of record: FleetRecord) -> String {
  let settings = record.settings
  let length = fleetClock(nanoseconds: record.duration)
  return Readable.line(
    "fleet of \(settings.min)–\(settings.max) instances (\(settings.model)) on \(record.host), policy \(settings.policy), "
      + "front \(settings.front), \(length)")
}

private func decisionSection(_ record: FleetRecord) -> Section {
  let actions = record.decisions.filter { $0.desired != $0.sample.current }
  let rest = actions.count - mostRows
  return Section(
    title: actions.isEmpty ? "no decision changed the group" : "decisions that changed the group",
    table: actions.isEmpty ? nil : decisionTable(actions.prefix(mostRows), of: record),
    lines: rest > 0
      ? ["\(Readable.count(rest, "further decision")); --json has all, also those that changed nothing."] : []
  )
}

/// Returns a table of decisions as simulated policies have it, in wall time.
func decisionTable(
  _ decisions: some Sequence<FleetRecord.Decision>, of record: FleetRecord, hasMetrics: Bool = false
)
  -> Table
{
  traceTable(
    decisions.map { decision in
      SimulationRecord.Decision(
        time: record.wallSeconds(of: decision), utilization: decision.sample.utilization.map { $0 / 100 },
        queue: decision.sample.queue ?? 0, current: decision.sample.current, wanted: decision.wanted,
        limitedBy: decision.limitedBy, desired: decision.desired, reason: decision.reason)
    }, hasMetrics: hasMetrics, clock: { fleetClock(nanoseconds: UInt64(min(max(0, $0), 1e9) * 1e9)) })
}

private func eventSection(_ record: FleetRecord) -> Section? {
  if record.events.isEmpty { return nil }
  let counts = FleetRecord.Event.Kind.allCases.filter { $0 != .began }.compactMap { kind in
    let count = record.events.count { $0.kind == kind }
    return count == 0 ? nil : "\(count) \(kind.phrase)"
  }
  let notable = record.events.filter {
    $0.kind.isFault || $0.kind.isReplacement || [.recovered, .continued, .unblocked].contains($0.kind)
  }
  let rest = notable.count - mostRows
  return Section(
    title: "events: \(counts.joined(separator: ", "))",
    table: notable.isEmpty ? nil : eventTable(notable.prefix(mostRows)),
    lines: rest > 0 ? ["\(Readable.count(rest, "further event")); --json has all."] : [])
}

/// Returns a table of events.
func eventTable(_ events: some Sequence<FleetRecord.Event>) -> Table {
  Table(
    columns: [
      Table.Column("time"), Table.Column("instance", isText: true), Table.Column("event", isText: true),
      Table.Column("detail", isText: true),
    ],
    rows: events.map { event in
      [fleetClock(nanoseconds: event.time), event.instance ?? "-", event.kind.phrase, event.detail]
    })
}

private func instanceSection(_ record: FleetRecord) -> Section? {
  if record.instances.isEmpty { return nil }
  let rest = record.instances.count - mostRows
  return Section(
    title: Readable.count(record.instances.count, "instance"),
    table: instanceTable(record.instances.prefix(mostRows)),
    lines: rest > 0 ? ["\(Readable.count(rest, "further instance")); --json has all."] : [])
}

/// Returns a table of instances from their launch to their end.
func instanceTable(_ instances: some Sequence<FleetRecord.Instance>) -> Table {
  func time(_ nanoseconds: UInt64?) -> String { nanoseconds.map { fleetClock(nanoseconds: $0) } ?? "-" }
  return Table(
    columns: [
      Table.Column("name"), Table.Column("version", rank: 3), Table.Column("launched"),
      Table.Column("in service after", rank: 2), Table.Column("ended"), Table.Column("answered"),
      Table.Column("failed", rank: 4), Table.Column("CPU per answer", rank: 1),
      Table.Column("reason of the end", rank: 5, isText: true),
    ],
    rows: instances.map { instance in
      let start =
        instance.startDelay.map { Double($0) }
        ?? instance.inService.map { max(0, Double($0) - Double(instance.launched)) }
      let cost = instance.cpuTime.flatMap {
        instance.answered > 0 ? Double($0) / Double(instance.answered) : nil
      }
      return [
        instance.name, "\(instance.template)", time(instance.launched),
        start.map { Readable.duration(nanoseconds: $0) } ?? "-", time(instance.ended),
        Readable.grouped(Double(instance.answered)), Readable.grouped(Double(instance.failed)),
        cost.map { Readable.duration(nanoseconds: $0) } ?? "-", instance.reason ?? "-",
      ]
    })
}
