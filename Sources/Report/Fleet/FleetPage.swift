import Formatting
import Records

/// Returns a fleet as one self-contained HTML page: its outcome, pictures by time beside the simulation of the same traffic, the
/// decisions with their reasons, the events, the instances, every sample, and the record itself, which `EmbeddedRecord` reads back.
///
/// - Parameters:
///   - simulated: The simulation, with times in the policy's seconds since the start of the fleet; `nil` if there is none.
///   - json: The JSON of the record.
public func fleetPage(of record: FleetRecord, simulated: SimulationRecord.Policy? = nil, json: String)
  -> String
{
  let failures = fleetFailures(of: record).map { Markup.element("p", ["class": "failed"], $0) }
  let answers = fleetAnswers(of: record, simulated).enumerated().map { position, answer in
    Markup.element("p", ["class": position < 4 ? "verdict" : "quiet"], answer)
  }
  return page(
    titled: "scaleup fleet: \(Readable.line(record.settings.policy)) on \(Readable.line(record.host))",
    answers: [
      .element(
        "div", [:], [.element("p", ["class": "quiet"], fleetHeading(of: record))] + failures + answers)
    ], PageSection.all(record, simulated), records: [json])
}

extension PageSection {
  /// The most rows of a table that is shown when it is asked for.
  private static let mostRows = 2000
  /// The most rows of a table that is shown at once.
  private static let mostShownRows = 50

  /// Returns all sections of a fleet below the answer.
  static func all(_ record: FleetRecord, _ simulated: SimulationRecord.Policy?) -> [PageSection] {
    let instances = record.instances
    return [
      PageSection(
        "time", "Over time",
        note: record.points.count > TimeChart.mostPoints
          ? "Of the many samples, each point is the greatest of a few." : nil,
        grid(fleetDrawings(of: record, simulated).map(\.drawing), "time")),
      PageSection("decisions", "Decisions", decisions(record)),
      PageSection(
        "events", "Events",
        record.events.isEmpty
          ? [] : tables("event", record.events.count) { eventTable(record.events.prefix($0)) }),
      PageSection(
        "instances", "Instances",
        instances.isEmpty ? [] : tables("instance", instances.count) { instanceTable(instances.prefix($0)) }),
      PageSection("samples", "Samples", samples(record, simulated)),
      PageSection(
        "settings", "Settings and assumptions",
        fleetNotes(of: record, simulated).map { .element("p", ["class": "quiet"], $0) }),
    ].compactMap(\.self)
  }

  /// Returns the decisions that changed the group, then, hidden, all.
  private static func decisions(_ record: FleetRecord) -> [Markup] {
    let actions = record.decisions.filter { $0.desired != $0.sample.current }
    if record.decisions.isEmpty { return [] }
    let shown = Section(
      title: actions.isEmpty ? "no decision changed the group" : "decisions that changed the group",
      table: actions.isEmpty
        ? nil : decisionTable(actions.prefix(mostShownRows), of: record, hasMetrics: true),
      lines: actions.count > mostShownRows
        ? ["\(Readable.count(actions.count - mostShownRows, "further decision")) below."] : [])
    return content(of: shown) + [
      details(
        label("decision", record.decisions.count) + ", also those that changed nothing",
        decisionTable(record.decisions.prefix(mostRows), of: record, hasMetrics: true))
    ]
  }

  /// Returns a table with its first rows, and if there are more, a hidden one with all.
  private static func tables(_ noun: String, _ count: Int, _ table: (_ rows: Int) -> Table) -> [Markup] {
    let name = label(noun, count)
    return count <= mostShownRows ? [table(count).element(label: name)] : [details(name, table(mostRows))]
  }

  private static func samples(_ record: FleetRecord, _ simulated: SimulationRecord.Policy?) -> [Markup] {
    guard let section = fleetTimeline(of: record, simulated, rows: mostRows), let table = section.table else {
      return []
    }
    return section.lines.map { .element("p", ["class": "quiet"], $0) }
      + [details(Readable.count(table.rows.count, "row"), table)]
  }

  private static func label(_ noun: String, _ count: Int) -> String {
    Readable.count(min(count, mostRows), noun)
      + (count > mostRows ? " (\(count - mostRows) more left out)" : "")
  }
}
