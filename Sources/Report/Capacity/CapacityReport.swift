import Analysis
import Formatting
import Records

/// Returns the capacities of services as a table for a terminal, with the answer before it and the scaling laws after it.
/// Failures come first.
public func capacityReport(of record: CapacityRecord, style: TextStyle = TextStyle()) -> String {
  let analysis = CapacityAnalysis(record)
  let failures = capacityFailures(of: record).map { "FAILED: \($0)\n" }
  var sections = [
    Section(title: heading(record.version, record.host, record.passport, record.startedAt)),
    Section(lines: answers(record, analysis)),
  ]
  if !analysis.rows.isEmpty {
    sections.append(
      Section(
        title: capacityTitle(of: record), table: capacityTable(record, analysis),
        lines: capacityNotes(record, analysis)))
  }
  sections += lawSections(analysis)
  sections.append(Section(lines: cautions(on: record, analysis)))
  return failures.joined()
    + Section.text(sections.filter { $0.title != nil || !$0.lines.isEmpty }, style: style)
}

/// Returns a line per service that failed: its name and the reason.
public func capacityFailures(of record: CapacityRecord) -> [String] {
  record.services.compactMap { service in
    service.failure.map { Readable.line("\(service.name): \($0)", limit: 1000) }
  }
}

private func capacityTitle(of record: CapacityRecord) -> String {
  let path = Readable.line(record.path, limit: 100)
  let connections = Readable.count(record.connections, "connection")
  return
    "capacity of \(path) with \(record.objective.text), over \(connections), tries of \(seconds(record.duration))"
}

private func capacityTable(_ record: CapacityRecord, _ analysis: CapacityAnalysis) -> Table {
  let columns = [
    Table.Column("model"), Table.Column("workers"), Table.Column("capacity"), Table.Column("speedup"),
    Table.Column("efficiency", rank: 1), Table.Column("server", rank: 2), Table.Column("generator", rank: 3),
    Table.Column("tries", rank: 4), Table.Column("bracket", isText: true),
  ]
  let rows = analysis.rows.map { row in
    [
      row.service.model,
      "\(row.service.workers)" + (row.isOversubscribed ? "!" : "")
        + (row.service.sharesCPUs == true ? "&" : ""),
      row.service.capacity, row.speedup.map { "\(Readable.fixed($0, decimals: 2))×" } ?? "-",
      cell(row.efficiency), cell(row.serverCores), cell(row.generatorCores),
      "\(row.service.tries.count)", row.service.bracketState,
    ]
  }
  return Table(columns: columns, rows: rows)
}

private func cell(_ value: Double?) -> String {
  value.map { Readable.fixed($0, decimals: 2) } ?? "-"
}

/// Returns the meanings of the columns and marks, a line each.
private func capacityNotes(_ record: CapacityRecord, _ analysis: CapacityAnalysis) -> [String] {
  let baseline = analysis.isOverSingle ? "single" : "the same model"
  return [
    "capacity: from the highest rate that met the objective to the lowest that missed it",
    analysis.rows.contains { $0.speedup != nil }
      ? "speedup: ratio of the highest rates that met the objective, over one worker of \(baseline)" : nil,
    "server, generator: busy cores at the highest rate that met the objective",
    analysis.rows.contains { $0.service.sharesCPUs == true } ? sharedCPUsNote : nil,
    analysis.rows.contains(where: \.isOversubscribed) ? "! more workers than effective CPUs" : nil,
  ].compactMap(\.self)
}

/// Returns the laws that were fitted to the capacities, or the reason that there are none.
private func lawSections(_ analysis: CapacityAnalysis) -> [Section] {
  let laws = analysis.scalings.map { scaling in
    let name = Readable.line(scaling.model)
    return ModelLaws(name: name, cells: [name], fit: scaling.fit)
  }
  let baseline = analysis.isOverSingle ? "single" : "one worker"
  let section = laws.section(
    title: "scaling laws of the capacity, speedups over \(baseline), with 95 % CI",
    names: [Table.Column("model")])
  if let section { return [section] }
  return [
    Section(
      lines: laws.shortage(upTo: "the effective CPUs").map { ["No scaling laws: \($0)."] } ?? laws.refusals)
  ]
}

extension CapacityRecord.Service {
  /// The name of the service in a sentence.
  var name: String { "\(Readable.line(model)) with \(Readable.count(workers, "worker"))" }

  /// The capacity as a bracket, or its only known end.
  var capacity: String {
    switch (low, isBoundByGenerator ? nil : high) {
    case (let low?, let high?): "\(rounded(low))–\(rounded(high))/s"
    case (let low?, nil): "≥ \(rounded(low))/s"
    case (nil, let high?): "< \(rounded(high))/s"
    case (nil, nil): "-"
    }
  }

  /// Whether the bracket was confirmed, or the reason that it has no upper end.
  fileprivate var bracketState: String {
    if isBoundByGenerator { return "bound by generator" }
    if bracket == nil { return "-" }
    return confirmed ? "confirmed" : "unconfirmed"
  }
}

extension LatencyObjective {
  /// The objective, such as `p99 ≤ 20 ms`.
  public var text: String {
    let time: String =
      switch self.time {
      case ..<1000: "\(self.time) ns"
      case ..<1_000_000: "\(Readable.plain(Double(self.time) / 1e3)) µs"
      case ..<1_000_000_000: "\(Readable.plain(Double(self.time) / 1e6)) ms"
      default: seconds(self.time)
      }
    return "p\(Readable.plain(percentile)) ≤ \(time)"
  }
}

/// Returns a rate with the digits that matter beside the width of a bracket.
private func rounded(_ rate: Double) -> String {
  let scale: Double = rate >= 99.5 ? 1 : rate >= 9.95 ? 10 : 100
  return Readable.plain((rate * scale).rounded() / scale)
}

private func seconds(_ nanoseconds: UInt64) -> String { "\(Readable.plain(Double(nanoseconds) / 1e9)) s" }
