import Formatting
import Records

/// Returns a plan as one self-contained HTML page: its answer, the simulated policies with pictures by time and their decisions, the
/// instances or tiers, the traffic, and the plan itself, which `EmbeddedRecord` reads back.
///
/// - Parameter json: The JSON of the plan.
public func htmlReport(of plan: PlanRecord, json: String) -> String {
  let answer = planAnswer(of: plan).map { Markup.element("p", ["class": "verdict"], $0) }
  let title = "scaleup plan: \(Readable.grouped(plan.traffic.peak)) requests/s"
  return page(
    titled: title, answers: answer.isEmpty ? [] : [.element("div", [:], answer)], PageSection.all(plan),
    records: [json])
}

extension PageSection {
  /// The most rows of a table; a day has 1440 minutes.
  private static let mostRows = 1500
  /// The most decisions that are shown at once.
  private static let mostShownActions = 50

  /// Returns all sections of a plan below the answer.
  static func all(_ plan: PlanRecord) -> [PageSection] {
    let (traffic, instances) = planSections(plan)
    let policies = plan.simulation.map { simulation in
      [
        PageSection("policies", "Simulated policies", content(of: policySection(simulation))),
        PageSection(
          "timeline", "Timeline", note: "With many minutes, each point is the greatest of a few.",
          grid(timelineDrawings(simulation).map(\.drawing), "timeline")),
        PageSection("decisions", "Decisions", simulation.policies.flatMap(decisions)),
        PageSection("minutes", "Minute by minute", simulation.policies.map { minutes(of: $0, simulation) }),
      ]
    }
    let tiers = plan.system.map {
      PageSection("pictures", "Throughput and response", grid(systemDrawings(of: $0).map(\.drawing), "tiers"))
    }
    return
      ((policies ?? []) + [
        tiers ?? nil,
        PageSection(
          "instances", plan.system == nil ? "Instances and cost" : "Tiers",
          instances.flatMap { content(of: $0) }),
        PageSection("traffic", "Traffic", traffic.flatMap { content(of: $0) }),
      ]).compactMap(\.self)
  }

  /// Returns the decisions of a policy that changed the group, then, hidden, all that were recorded.
  private static func decisions(of policy: SimulationRecord.Policy) -> [Markup] {
    let (name, trace) = (Readable.line(policy.name), policy.trace)
    let actions = trace.filter { $0.desired != $0.current }
    let rest = actions.count - mostShownActions
    let shown = Section(
      title: actions.isEmpty
        ? "\(name): no decision changed the group" : "\(name): decisions that changed the group",
      table: actions.isEmpty ? nil : traceTable(actions.prefix(mostShownActions), hasMetrics: true),
      lines: rest > 0 ? ["\(Readable.count(rest, "further decision")) below."] : [])
    if trace.isEmpty { return content(of: shown) }
    let hidden = trace.count - mostRows + policy.untraced
    let label =
      "\(name): \(Readable.count(min(trace.count, mostRows), "decision")), also those that a constraint held back"
      + (hidden > 0 ? " (\(hidden) more left out)" : "")
    return content(of: shown) + [details(label, traceTable(trace.prefix(mostRows), hasMetrics: true))]
  }

  private static func minutes(
    of policy: SimulationRecord.Policy, _ simulation: SimulationRecord
  ) -> Markup {
    let table = timelineTable(policy, simulation, rows: mostRows)
    let label =
      "\(Readable.line(policy.name)): \(Readable.count(table.rows.count, "row")) of \(Readable.count(policy.minutes, "minute"))"
    return details(label, table)
  }
}
