import Formatting
import Records

/// The most rows of a timeline and of a trace in text.
private let mostRows = 24

/// Returns simulated policies: a table over them; of one policy, the timeline and the decisions too.
func simulationSections(_ simulation: SimulationRecord) -> [Section] {
  let hours = planTime(seconds: simulation.duration)
  var sections = [
    Section(
      title: "policies over \(hours), objective \(simulation.objective.text), seed \(simulation.seed)",
      table: policyTable(simulation), lines: policyNotes(simulation))
  ]
  if simulation.policies.count == 1, let policy = simulation.policies.first {
    sections.append(
      Section(title: "timeline of \(Readable.line(policy.name))", table: timelineTable(policy, simulation)))
    sections.append(traceSection(policy))
  }
  return sections
}

private func policyTable(_ simulation: SimulationRecord) -> Table {
  let hasCost = simulation.policies.contains { $0.cost != nil }
  let hasFailures = simulation.policies.contains { $0.failures > 0 }
  var columns = [
    Table.Column("policy"), Table.Column("outside, min"), Table.Column("late"), Table.Column("lost"),
    Table.Column("p\(Readable.plain(simulation.objective.percentile))", rank: 2),
    Table.Column("instance hours"),
  ]
  if hasCost { columns.append(Table.Column("cost")) }
  columns += [Table.Column("actions", rank: 1), Table.Column("most", rank: 3)]
  if hasFailures { columns.append(Table.Column("failures", rank: 4)) }
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
    + (simulation.policies.count > 1
      ? ["A single policy shows its timeline and its decisions; --json has those of all."] : [])
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

/// Returns the timeline, or of a long one every second, third minute and so on.
private func timelineTable(_ policy: SimulationRecord.Policy, _ simulation: SimulationRecord) -> Table {
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
      point.utilization.map { "\(Readable.fixed(100 * $0, decimals: 0)) %" } ?? "-",
      point.response.map { Readable.duration(nanoseconds: Double($0)) } ?? "-",
      Readable.grouped(point.queue.rounded()),
      point.outside ? "outside" : "",
    ]
  }
  return Table(columns: columns, rows: rows)
}

private func traceSection(_ policy: SimulationRecord.Policy) -> Section {
  let columns = [
    Table.Column("time"), Table.Column("before"), Table.Column("wanted"),
    Table.Column("bound by", isText: true),
    Table.Column("desired"), Table.Column("reason", isText: true),
  ]
  let actions = policy.trace.filter { $0.desired != $0.current }
  let rows = actions.prefix(mostRows).map { decision in
    [
      clock(decision.time), "\(decision.current)", "\(decision.wanted)", decision.limitedBy ?? "-",
      "\(decision.desired)",
      Readable.line(decision.reason, limit: 200),
    ]
  }
  let rest = actions.count - rows.count
  return Section(
    title: rows.isEmpty ? "no decision changed the group" : "decisions that changed the group",
    table: rows.isEmpty ? nil : Table(columns: columns, rows: Array(rows)),
    lines: rest > 0
      ? [
        "\(Readable.count(rest, "further decision")); --json has all, and those that a constraint held back."
      ] : [])
}
