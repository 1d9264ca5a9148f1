import Formatting
import Records

/// Returns a plan as tables and sentences for a terminal: traffic, storage, instances, cost, tiers, and simulated policies.
public func planReport(of plan: PlanRecord, style: TextStyle = TextStyle()) -> String {
  let parts = planSections(plan)
  return Section.text(
    parts.traffic + parts.instances + (plan.simulation.map(simulationSections) ?? []), style: style)
}

/// Returns the traffic of a plan with the storage that it fills, and its instances with their cost, or its tiers.
func planSections(_ plan: PlanRecord) -> (traffic: [Section], instances: [Section]) {
  let storage = plan.storage.map { Section(lines: [storageSentence($0)]) }
  // The stages of a system have their traffic themselves.
  let hasTraffic = plan.system.map(\.isProjected) ?? true
  let costs = costSentences(plan)
  return (
    (hasTraffic ? [trafficSection(plan)] : []) + (storage.map { [$0] } ?? []),
    (plan.system != nil
      ? systemSections(plan)
      : plan.sizes.isEmpty
        ? [Section(lines: ["The number of instances needs a demand: add --demand 8ms or --from run.json."])]
        : [instanceSection(plan), Section(title: "formulas and assumptions", lines: formulas(plan))])
      + (costs.isEmpty ? [] : [Section(lines: costs)])
  )
}

/// Returns the answer of a plan: the planned instances of each size, and the outcome of the policies.
func planAnswer(of plan: PlanRecord) -> [String] {
  let goal = plan.objective?.text ?? "\(percent(plan.target)) utilization"
  let sizes = plan.sizes.map { size in
    let cost = size.monthlyCost.map { ", for \(Readable.grouped($0)) a month" } ?? ""
    return "\(rate(plan.traffic.peak)) at \(goal) take \(count(size.instances)) instances of "
      + "\(Readable.line(size.name)), one of them spare\(cost)."
  }
  return sizes + (plan.system.map { [systemAnswer($0)] } ?? []) + (plan.simulation.map(policyAnswer) ?? [])
}

private func rate(_ value: Double) -> String { "\(Readable.grouped(value))/s" }

/// Returns a length of time in the greatest unit that suits it.
func planTime(seconds: Double) -> String {
  switch seconds {
  case ..<120: "\(Readable.plain(seconds)) s"
  case ..<7200: "\(Readable.plain((seconds / 6).rounded() / 10)) min"
  case ..<172_800: "\(Readable.plain((seconds / 360).rounded() / 10)) h"
  default: "\(Readable.plain((seconds / 8640).rounded() / 10)) days"
  }
}

private func monthText(_ month: Double) -> String {
  month == 2.5e6 ? "2.5·10^6 s" : "\(Readable.plain(month / 86_400)) days (\(Readable.grouped(month)) s)"
}

private func trafficSection(_ plan: PlanRecord) -> Section {
  let traffic = plan.traffic
  var rows = traffic.amounts.map { amount in
    [
      amount.name == "users" ? "\(Readable.grouped(traffic.users ?? 0)) users" : amount.name,
      "\(Readable.grouped(amount.count)) per \(amount.unit)", rate(amount.rate),
    ]
  }
  if let shape = traffic.shape {
    rows.append([shape, "mean and peak rate", "\(rate(traffic.mean)) and \(rate(traffic.peak))"])
  } else {
    if traffic.amounts.count > 1 { rows.append(["together", "", rate(traffic.mean)]) }
    if let factor = traffic.peakFactor {
      rows.append(["peak", "\(Readable.plain(factor)) × the mean", rate(traffic.peak)])
    }
  }
  var section = Section(
    title: "traffic, with months of \(monthText(plan.month))",
    table: Table(
      columns: [Table.Column("requests"), Table.Column("amount"), Table.Column("rate")], rows: rows))
  if traffic.shape == nil, traffic.peakFactor == nil {
    section.lines = ["The plan is for the mean, and averages are not peaks (try --peak 3)."]
  }
  return section
}

private func storageSentence(_ storage: PlanRecord.Storage) -> String {
  "Storage grows \(bytes(storage.perMonth)) a month, \(bytes(storage.inThreeYears)) in three years: writes × "
    + "\(bytes(storage.bytesPerWrite)), without replicas, indexes or deletions."
}

private func bytes(_ count: Double) -> String {
  let units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"]
  var (value, unit) = (count, 0)
  while value >= 999.5, unit < units.count - 1 {
    value /= 1000
    unit += 1
  }
  return "\(Readable.plain((value * 100).rounded() / 100)) \(units[unit])"
}

/// Returns a count with the interval that the error of the demand leaves.
private func count(_ estimate: PlanRecord.Estimate?) -> String {
  guard let estimate else { return "-" }
  guard let lower = estimate.lower, let upper = estimate.upper, lower < upper else {
    return Readable.grouped(estimate.value)
  }
  return "\(Readable.grouped(estimate.value)) (\(Readable.grouped(lower))–\(Readable.grouped(upper)))"
}

private func instanceSection(_ plan: PlanRecord) -> Section {
  var columns = [
    Table.Column("size"), Table.Column("cores", rank: 4), Table.Column("demand", rank: 5),
    Table.Column("load, cores", rank: 3),
    Table.Column("at \(percent(plan.target))"),
  ]
  if let objective = plan.objective { columns.append(Table.Column(objective.text)) }
  let hasCapacity = plan.sizes.contains { $0.byCapacity != nil }
  let hasPrices = plan.sizes.contains { $0.price != nil }
  if hasCapacity { columns.append(Table.Column("measured", rank: 1)) }
  columns += [
    Table.Column("\(percent(plan.waitProbability)) wait", rank: 2), Table.Column("square root", rank: 2),
    Table.Column("planned"),
  ]
  if hasPrices { columns.append(Table.Column("cost/month")) }
  let rows = plan.sizes.map { size in
    var cells = [
      Readable.line(size.name), "\(size.cores)", Readable.duration(nanoseconds: size.demand.value),
      load(size),
      count(size.byUtilization),
    ]
    if plan.objective != nil { cells.append(count(size.byObjective)) }
    if hasCapacity { cells.append(count(size.byCapacity)) }
    cells += [count(size.byWait), count(size.bySquareRoot), count(size.instances)]
    if hasPrices { cells.append(cost(size)) }
    return cells
  }
  return Section(
    title: "instances for \(rate(plan.traffic.peak))", table: Table(columns: columns, rows: rows),
    lines: plan.sizes.compactMap(lawSentence) + errorSentences(plan))
}

private func load(_ size: PlanRecord.Size) -> String {
  let load = size.load
  guard let lower = load.lower, let upper = load.upper else { return Readable.grouped(load.value) }
  return "\(Readable.grouped(load.value)) (\(Readable.grouped(lower))–\(Readable.grouped(upper)))"
}

/// Returns the cost of the planned instances, with the interval that the error of the demand leaves.
private func cost(_ size: PlanRecord.Size) -> String {
  guard let cost = size.monthlyCost else { return "-" }
  let each = cost / size.instances.value
  return count(
    .init(cost, lower: size.instances.lower.map { $0 * each }, upper: size.instances.upper.map { $0 * each }))
}

private func percent(_ part: Double) -> String { "\(Readable.plain(part * 100)) %" }

/// Returns what a scaling law takes away; `nil` without one.
private func lawSentence(_ size: PlanRecord.Size) -> String? {
  guard let law = size.law, size.cores > 1 else { return nil }
  let lost = 1 - size.effectiveCores / Double(size.cores)
  return
    "\(Readable.line(size.name)): the \(law.isMeasured ? "measured" : "given") scaling law (α = \(Readable.digits(law.alpha)), "
    + "β = \(Readable.digits(law.beta))) leaves \(Readable.digits(size.effectiveCores)) of \(size.cores) cores, "
    + "\(Readable.percent(lost)) less."
}

private func errorSentences(_ plan: PlanRecord) -> [String] {
  let uncertain = plan.sizes.filter { $0.demand.lower != nil }
  if uncertain.isEmpty { return [] }
  return ["In parentheses: the numbers for both ends of the demand's 95 % CI."]
    + uncertain.map { size in
      "\(Readable.line(size.name)): \(Readable.line(size.demandSource)), "
        + "\(Readable.duration(nanoseconds: size.demand.lower ?? 0)) to \(Readable.duration(nanoseconds: size.demand.upper ?? 0)) per request."
    }
}

private func formulas(_ plan: PlanRecord) -> [String] {
  let wait = percent(plan.waitProbability)
  return [
    "load = rate × demand, the busy cores (Little's law)",
    "at \(percent(plan.target)): load / (\(percent(plan.target)) × cores), rounded up",
    plan.objective.map {
      "\($0.text): each instance gets an equal part of the requests at random and shares its cores among them "
        + "(M/M/c, processor sharing, exponential demands)"
    },
    plan.sizes.contains { $0.byCapacity != nil } ? "measured: rate / capacity of scaleup capacity" : nil,
    "\(wait) wait: least cores at which at most \(wait) of the requests wait in one queue for all (Erlang C)",
    "square root: load + β √load cores, with the β of Halfin and Whitt for the same",
    "planned: \(plan.objective.map(\.text) ?? "at \(percent(plan.target))"), and one more for a loss",
  ].compactMap(\.self)
}

private func costSentences(_ plan: PlanRecord) -> [String] {
  var lines: [String] = []
  let priced = plan.sizes.filter { $0.monthlyCost != nil }
  if priced.count > 1, let least = priced.min(by: { $0.monthlyCost ?? 0 < $1.monthlyCost ?? 0 }),
    let most = priced.max(by: { $0.monthlyCost ?? 0 < $1.monthlyCost ?? 0 }), let low = least.monthlyCost,
    let high = most.monthlyCost
  {
    lines.append(
      "\(Readable.line(least.name)) is cheapest: \(Readable.grouped(low)) a month; \(Readable.line(most.name)) costs "
        + "\(Readable.percent(high / low - 1)) more.")
  }
  guard let serverless = plan.serverless else { return lines }
  lines.append(
    "Per request: \(Readable.grouped(serverless.requestsPerMonth)) requests a month cost \(Readable.grouped(serverless.monthlyCost))."
  )
  return lines
    + priced.compactMap { size in
      size.breakEvenRate.map { rate in
        "A price per request is cheaper than the planned instances of \(Readable.line(size.name)) below "
          + "\(count(rate)) requests/s on average."
      }
    }
}
