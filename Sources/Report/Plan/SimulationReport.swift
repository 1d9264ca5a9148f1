import Formatting
import Records

/// The most rows of a timeline and of a trace in text.
private let mostRows = 24

/// Returns simulated policies: a table over them; of one policy, the timeline and the decisions too.
func simulationSections(_ simulation: SimulationRecord) -> [Section] {
  var sections = [policySection(simulation)]
  if simulation.policies.count > 1 {
    sections[0].lines.append("A single policy shows its timeline and its decisions; --json has those of all.")
  } else if let policy = simulation.policies.first {
    sections.append(
      Section(
        title: "timeline of \(Readable.line(policy.name))",
        table: timelineTable(policy, simulation, rows: mostRows)))
    sections.append(traceSection(policy))
  }
  return sections
}

/// Returns the table over policies, with the assumptions.
func policySection(_ simulation: SimulationRecord) -> Section {
  let hours = planTime(seconds: simulation.duration)
  return Section(
    title: "policies over \(hours), objective \(simulation.objective.text), seed \(simulation.seed)",
    table: policyTable(simulation), lines: policyNotes(simulation))
}

/// Returns the outcome of the policies in a sentence; nothing without a policy.
func policyAnswer(_ simulation: SimulationRecord) -> [String] {
  let policies = simulation.policies
  guard let best = policies.min(by: { $0.minutesOutside < $1.minutesOutside }),
    let least = policies.min(by: { $0.instanceHours < $1.instanceHours })
  else { return [] }
  let objective = simulation.objective.text
  let minutes = "\(best.minutesOutside) of \(best.minutes)"
  func hours(_ policy: SimulationRecord.Policy) -> String {
    Readable.fixed(policy.instanceHours, decimals: 1)
  }
  if policies.count == 1 {
    return [
      "In the simulation, \(Readable.line(best.name)) has \(minutes) minutes outside \(objective) and takes "
        + "\(hours(best)) instance hours."
    ]
  }
  func names(_ policies: [SimulationRecord.Policy], _ verbs: (String, String)) -> String {
    policies.map { Readable.line($0.name) }.joined(separator: " and ")
      + " \(policies.count == 1 ? verbs.0 : verbs.1)"
  }
  let (first, cheapest) = (
    policies.filter { $0.minutesOutside == best.minutesOutside },
    policies.filter { hours($0) == hours(least) }
  )
  // Few hours are no advantage by themselves: a group that answers nobody has the fewest.
  let price =
    cheapest.count == 1 && least.minutesOutside > best.minutesOutside
    ? ", with \(Readable.count(least.minutesOutside, "minute")) outside" : ""
  return [
    "In the simulation, \(names(first, ("has", "have"))) the fewest minutes outside \(objective) (\(minutes)), and "
      + "\(names(cheapest, ("takes", "take"))) the fewest instance hours (\(hours(least))\(price))."
  ]
}

private func policyTable(_ simulation: SimulationRecord) -> Table {
  let hasCost = simulation.policies.contains { $0.cost != nil }
  let hasFailures = simulation.policies.contains { $0.failures > 0 }
  let hasWaitingChecks = simulation.policies.contains { $0.overloaded != nil }
  var columns = [
    Table.Column("policy"), Table.Column("outside, min"), Table.Column("late"), Table.Column("lost"),
    Table.Column("p\(Readable.plain(simulation.objective.percentile))", rank: 2),
    Table.Column("instance hours"),
  ]
  if hasCost { columns.append(Table.Column("cost")) }
  columns += [Table.Column("actions", rank: 1), Table.Column("most", rank: 3)]
  if hasFailures { columns.append(Table.Column("failures", rank: 4)) }
  if hasWaitingChecks { columns.append(Table.Column("overloaded", rank: 4)) }
  let rows = simulation.policies.map { policy in
    var cells = [
      Readable.line(policy.name), "\(policy.minutesOutside) of \(policy.minutes)",
      part(policy.late, of: policy),
      part(policy.lost, of: policy),
      policy.response.map { Readable.duration(nanoseconds: Double($0)) } ?? "-",
      Readable.fixed(policy.instanceHours, decimals: 1),
    ]
    if hasCost { cells.append(policy.cost.map { Readable.fixed($0, decimals: 2) } ?? "-") }
    cells += ["\(policy.actions)", "\(policy.mostInService)"]
    if hasFailures { cells.append("\(policy.failures)") }
    if hasWaitingChecks { cells.append(policy.overloaded.map(String.init) ?? "-") }
    return cells
  }
  return Table(columns: columns, rows: rows)
}

private func part(_ count: Double, of policy: SimulationRecord.Policy) -> String {
  policy.requests > 0 ? "\(Readable.fixed(100 * count / policy.requests, decimals: 2)) %" : "-"
}

private func policyNotes(_ simulation: SimulationRecord) -> [String] {
  let hasEnded = simulation.policies.filter { $0.endedBeforeReady > 0 }
  return simulation.assumptions
    + ["outside: minutes in which more requests were late or lost than the objective allows"]
    + (simulation.policies.contains { $0.overloaded != nil }
      ? ["overloaded: instances that were replaced because their health checks waited too long"] : [])
    + hasEnded.map {
      "\(Readable.line($0.name)) ended \(Readable.count($0.endedBeforeReady, "instance")) during the start-up, because the "
        + "grace is shorter (raise --grace)."
    }
}

private func clock(_ seconds: Double) -> String {
  let minutes = Int((seconds / 60).rounded(.down))
  let rest = Int(seconds) - 60 * minutes
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  return "\(minutes / 60):\(two(minutes % 60))" + (rest == 0 ? "" : ":\(two(rest))")
}

/// Returns the timeline, or of one with more rows every second, third and so on.
func timelineTable(
  _ policy: SimulationRecord.Policy, _ simulation: SimulationRecord, rows mostRows: Int
) -> Table {
  let columns = [
    Table.Column("time"), Table.Column("requests/s"), Table.Column("desired"), Table.Column("in service"),
    Table.Column("utilization"), Table.Column("p\(Readable.plain(simulation.objective.percentile))"),
    Table.Column("queue", rank: 1),
    Table.Column("", isText: true),
  ]
  let step = max(1, (policy.timeline.count + mostRows - 1) / mostRows)
  let rows = policy.timeline.enumerated().filter { ($0.offset + 1) % step == 0 }.map { _, point in
    [
      clock(point.time), Readable.grouped(point.rate.rounded()), "\(point.desired)", "\(point.inService)",
      utilization(point.utilization),
      point.response.map { Readable.duration(nanoseconds: Double($0)) } ?? "-",
      Readable.grouped(point.queue.rounded()),
      point.outside ? "outside" : "",
    ]
  }
  return Table(columns: columns, rows: rows)
}

private func traceSection(_ policy: SimulationRecord.Policy) -> Section {
  let actions = policy.trace.filter { $0.desired != $0.current }
  let rest = actions.count - mostRows
  return Section(
    title: actions.isEmpty ? "no decision changed the group" : "decisions that changed the group",
    table: actions.isEmpty ? nil : traceTable(actions.prefix(mostRows)),
    lines: rest > 0
      ? [
        "\(Readable.count(rest, "further decision")); --json has all, and those that a constraint held back."
      ] : [])
}

/// Returns a table of decisions.
///
/// - Parameters:
///   - hasMetrics: Whether it has columns for the utilization and the queue that the policy saw.
///   - clock: A time in seconds as text.
func traceTable(
  _ decisions: some Sequence<SimulationRecord.Decision>, hasMetrics: Bool = false,
  clock: (Double) -> String = clock
) -> Table {
  let metrics = hasMetrics ? [Table.Column("utilization"), Table.Column("queue")] : []
  let columns =
    [Table.Column("time")] + metrics + [
      Table.Column("before"), Table.Column("wanted"), Table.Column("bound by", isText: true),
      Table.Column("desired"), Table.Column("reason", isText: true),
    ]
  let rows = decisions.map { decision -> [String] in
    [clock(decision.time)]
      + (hasMetrics ? [utilization(decision.utilization), Readable.grouped(decision.queue.rounded())] : [])
      + [
        "\(decision.current)", "\(decision.wanted)", decision.limitedBy.map { Readable.line($0) } ?? "-",
        "\(decision.desired)", Readable.line(decision.reason, limit: 200),
      ]
  }
  return Table(columns: columns, rows: rows)
}

private func utilization(_ part: Double?) -> String {
  part.map { "\(Readable.fixed(100 * $0, decimals: 0)) %" } ?? "-"
}
