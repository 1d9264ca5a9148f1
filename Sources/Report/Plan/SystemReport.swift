import Formatting
import Records

/// Returns a system of tiers: its stages with their bottlenecks, the capacity of each tier, what remedies give, and the throughput by
/// traffic.
func systemSections(_ plan: PlanRecord) -> [Section] {
  guard let system = plan.system, let first = system.stages.first, let last = system.stages.last else {
    return []
  }
  let detailed = system.isProjected ? [first] : system.stages
  return [
    Section(
      title: (system.name.map { "\(Readable.line($0)): " } ?? "") + "stages of growth",
      table: stageTable(system), lines: stageNotes(system, target: plan.target)),
    Section(title: "capacity of each tier", table: tierTable(detailed)),
    Section(title: "what remedies give", table: remedyTable(detailed), lines: remedyNotes(detailed)),
    curveSection(system.isProjected ? first : last),
    Section(title: "formulas and assumptions", lines: systemFormulas(system)),
  ]
}

/// Returns the answer of a system: the bottleneck of its last stage, or at the traffic that was given, and the remedy that gives most.
func systemAnswer(_ system: SystemRecord) -> String {
  guard let stage = system.isProjected ? system.stages.first : system.stages.last else { return "" }
  let best = stage.remedies.max { $0.capacity < $1.capacity }
  let (name, bottleneck) = (Readable.line(stage.name), Readable.line(stage.bottleneck))
  return "The bottleneck at \(name) is \(bottleneck), with \(rate(stage.capacity))."
    + (best.map { " The best remedy gives \(rate($0.capacity)): \(text($0))." } ?? "")
}

/// Returns requests per second, from 100 on without decimals.
private func rate(_ value: Double) -> String {
  "\(value < 100 ? Readable.plain((value * 10).rounded() / 10) : Readable.grouped(value))/s"
}

private func part(_ value: Double) -> String {
  value < 100 ? "\(Readable.fixed(100 * value, decimals: 0)) %" : "\(Readable.grouped(value)) ×"
}

private func stageTable(_ system: SystemRecord) -> Table {
  let hasUsers = system.stages.contains { $0.users != nil }
  var columns = [Table.Column("stage")]
  if hasUsers { columns.append(Table.Column("users", rank: 3)) }
  columns += [
    Table.Column("traffic"), Table.Column("bottleneck", isText: true), Table.Column("utilization"),
    Table.Column("capacity", rank: 1), Table.Column("a zone lost", rank: 4),
    Table.Column("response", rank: 2),
  ]
  if system.isProjected { columns.append(Table.Column("then", isText: true)) }
  let rows = system.stages.flatMap { stage in
    var cells = [Readable.line(stage.name)]
    if hasUsers { cells.append(stage.users.map(Readable.grouped) ?? "-") }
    cells += [
      rate(stage.rate), Readable.line(stage.bottleneck), part(stage.utilization), rate(stage.capacity),
      rate(stage.capacityWithoutZone), Readable.duration(nanoseconds: stage.state.response),
    ]
    if !system.isProjected { return [cells] }
    let changes = stage.changes.map { "\(Readable.line($0.tier)): \(text($0))" }
    // Further changes of a stage have rows of their own.
    return [cells + [changes.first ?? "-"]]
      + changes.dropFirst().map { Array(repeating: "", count: cells.count) + [$0] }
  }
  return Table(columns: columns, rows: rows, isGrouped: true)
}

private func stageNotes(_ system: SystemRecord, target: Double) -> [String] {
  let limit = "\(Readable.plain(target * 100)) %"
  if system.isProjected {
    let last = system.stages.last
    let isStuck = last.map { $0.changes.isEmpty && $0.utilization > target } ?? false
    return [
      "Each stage starts with the system that the stage before left. Then every tier above \(limit) (--target) gets more machines; a "
        + "database gets more replicas, or shards if replicas are not enough."
    ]
      + (isStuck
        ? ["At \(last?.name ?? "") no number of machines brings the bottleneck down to \(limit)."] : [])
  }
  let over = system.stages.filter { $0.utilization > target }
  return over.isEmpty
    ? []
    : [
      "Above \(limit) (--target): "
        + over.map { "\(Readable.line($0.name)) (\(Readable.line($0.bottleneck)))" }.joined(separator: ", ")
        + "."
    ]
}

private func tierTable(_ stages: [SystemRecord.Stage]) -> Table {
  let columns = [
    Table.Column("stage", rank: stages.count > 1 ? 0 : 5), Table.Column("tier", isText: true),
    Table.Column("machines", rank: 1, isText: true), Table.Column("reads", rank: 3),
    Table.Column("CPU/request", rank: 2), Table.Column("utilization"), Table.Column("capacity"),
    Table.Column("a zone lost", rank: 4),
  ]
  let rows = stages.flatMap { stage in
    stage.tiers.enumerated().map { index, tier in
      [
        index == 0 ? Readable.line(stage.name) : "", Readable.line(tier.name), machines(tier),
        rate(tier.reads), Readable.duration(nanoseconds: tier.demand), part(tier.utilization),
        tier.capacity.map(rate) ?? "-", tier.capacityWithoutZone.map(rate) ?? "-",
      ]
    }
  }
  return Table(columns: columns, rows: rows, isGrouped: true)
}

/// Returns the machines of a tier, such as `4 × 2 cores in 2 zones`.
private func machines(_ tier: SystemRecord.Tier) -> String {
  var words: [String] = []
  if tier.capacity != nil {
    words.append(
      "\(tier.machines) × \(Readable.count(tier.cores, "core"))"
        + (tier.zones > 1 ? " in \(tier.zones) zones" : ""))
  }
  if let ratio = tier.hitRatio, ratio > 0 { words.append("\(percent(ratio)) hits") }
  if let shards = tier.shards, let replicas = tier.replicas, tier.machines > 1 {
    words.append("\(Readable.count(shards, "shard")) with \(Readable.count(replicas, "replica"))")
  }
  return words.isEmpty ? "-" : words.joined(separator: ", ")
}

private func percent(_ ratio: Double) -> String { "\(Readable.plain((ratio * 10_000).rounded() / 100)) %" }

/// Returns a change in words, such as `2 → 4 machines`.
private func text(_ change: SystemRecord.Change) -> String {
  let counts = "\(Readable.grouped(change.before)) → \(Readable.grouped(change.after))"
  return switch change.kind {
  case "cores": "\(counts) cores each"
  case "instances": "\(counts) machines"
  case "replicas": "\(counts) replicas per shard"
  case "shards": "\(counts) shards"
  case "cache" where change.before == 0: "cache before it, \(percent(change.after)) hits"
  case "cache": "\(percent(change.before)) → \(percent(change.after)) hits in \(Readable.line(change.tier))"
  default: "writes to a queue, \(Readable.grouped(change.after)) worker\(change.after == 1 ? "" : "s")"
  }
}

private func remedyTable(_ stages: [SystemRecord.Stage]) -> Table {
  let columns = [
    Table.Column("stage", rank: stages.count > 1 ? 0 : 5), Table.Column("bottleneck", rank: 2, isText: true),
    Table.Column("remedy", isText: true), Table.Column("capacity", rank: 3), Table.Column("gain"),
    Table.Column("next bottleneck", rank: 1, isText: true), Table.Column("response", rank: 4),
  ]
  let rows = stages.flatMap { stage in
    stage.remedies.enumerated().map { index, remedy in
      [
        index == 0 ? Readable.line(stage.name) : "", index == 0 ? Readable.line(stage.bottleneck) : "",
        text(remedy), rate(remedy.capacity),
        "\(Readable.fixed(remedy.capacity / stage.capacity, decimals: 2))×", Readable.line(remedy.bottleneck),
        Readable.duration(nanoseconds: remedy.response),
      ]
    }
  }
  return Table(columns: columns, rows: rows, isGrouped: true)
}

private func remedyNotes(_ stages: [SystemRecord.Stage]) -> [String] {
  let kinds = Set(stages.flatMap(\.remedies).map(\.kind))
  var notes: [String] = []
  if stages.flatMap(\.remedies).contains(where: { $0.kind == "cache" && $0.before == 0 }) {
    notes.append("The machines of a new cache are not counted.")
  }
  if kinds.contains("queue") {
    notes.append(
      "A queue moves the work of writes to as many workers as it takes; no request waits for them.")
  }
  return notes
}

/// Returns the throughput and the response by traffic, with a bar for the throughput.
private func curveSection(_ stage: SystemRecord.Stage) -> Section {
  let columns = [
    Table.Column("traffic"), Table.Column("throughput"), Table.Column("at most", rank: 2),
    Table.Column("response"), Table.Column("at least", rank: 2), Table.Column("", rank: 1, isText: true),
  ]
  let most = stage.curve.map(\.throughput).max() ?? 1
  let rows = stage.curve.map { point in
    [
      rate(point.rate), rate(point.throughput), rate(point.throughputBound),
      Readable.duration(nanoseconds: point.response), Readable.duration(nanoseconds: point.responseBound),
      barText(length: 20 * point.throughput / most),
    ]
  }
  return Section(
    title: "throughput and response by traffic, stage \(Readable.line(stage.name))",
    table: Table(columns: columns, rows: rows),
    lines: [
      "The bottleneck, \(Readable.line(stage.bottleneck)), bounds the throughput at \(rate(stage.capacity))."
    ]
  )
}

private func systemFormulas(_ system: SystemRecord) -> [String] {
  let tiers = system.stages.flatMap(\.tiers)
  return [
    "capacity: X ≤ 1 / max D, the least of machines × cores / CPU time per request (bottleneck law)",
    "utilization: traffic / capacity",
    "response: the mean, by approximate mean value analysis (Bard and Schweitzer) of active users who think "
      + "\(Readable.duration(nanoseconds: system.thinkTime)) between requests; each machine is a queue M/M/c",
    "only CPU time counts: a network, a disk or a lock can be the bottleneck sooner",
    tiers.contains { $0.kind == "cache" } ? "the hits of a cache spare the tiers after it" : nil,
    tiers.contains { $0.kind == "database" }
      ? "a database divides its work evenly over its shards; replicas take all reads and repeat all writes"
      : nil,
    tiers.contains { $0.kind == "queue" }
      ? "no request waits for the jobs of a queue, which pile up above its capacity" : nil,
    "a zone lost: what is left if each tier loses the zone with most of its machines; 0 if one loses all",
  ].compactMap(\.self)
}
