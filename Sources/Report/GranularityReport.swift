import Analysis
import Formatting
import Records

/// Returns the efficiency by grain, METG(50 %), and the overhead of a region and of a chunk, as tables for a terminal.
/// Failures come first.
///
/// - Parameter record: A record with its summary.
public func granularityReport(of record: GranularityRecord, style: TextStyle = TextStyle()) -> String {
  let summary = record.summary ?? []
  let failures = record.models.compactMap(\.failure).map {
    Readable.line("FAILED: \($0)", limit: 1000) + "\n"
  }
  let swept = summary.filter { !$0.points.isEmpty }
  var sections = [
    Section(title: heading(record.version, record.host, record.passport, record.startedAt))
  ]
  if !swept.isEmpty { sections.append(Section(title: sweepTitle(of: record), table: sweepTable(swept))) }
  sections += [
    Section(title: "METG(50 %), and time without work", table: overheadTable(summary)),
    Section(lines: [metgNote] + cautions(on: record)),
  ]
  return failures.joined() + Section.text(sections, style: style)
}

private let metgNote =
  "METG(50 %), minimum effective task granularity: core time of the smallest chunk that reaches 50 % efficiency."

/// Returns reasons to distrust the figures, one line each.
private func cautions(on record: GranularityRecord) -> [String] {
  var lines: [String] = []
  if record.workers > record.passport.effectiveCPUs {
    lines.append("More workers than effective CPUs: no model can be efficient.")
  }
  lines += disturbanceSentences(of: record)
  let efficiencies = (record.summary ?? []).flatMap(\.points).map(\.efficiency)
  if let most = efficiencies.max(), most > 1.1 {
    lines.append(
      "An efficiency of \(Readable.fixed(most, decimals: 2)) is impossible: other programs slowed single down. Measure "
        + "again when the machine is idle.")
  }
  return lines
}

/// Returns sentences about samples that other programs disturbed, and about results that are withheld because of them.
private func disturbanceSentences(of record: GranularityRecord) -> [String] {
  let (disturbed, samples) = record.disturbedSamples
  if disturbed == 0 { return [] }
  let models = record.models.filter(record.withholdsMETG).map(\.model)
  let metg =
    models.isEmpty ? "" : " METG needs every grain, and is withheld for \(models.joined(separator: ", "))."
  return [
    "Other programs disturbed \(disturbed) of \(Readable.count(samples, "sample")): stop them and measure again."
  ]
    + (record.withholdsSome
      ? ["A result is withheld (-) if at least half of its rounds were disturbed.\(metg)"] : [])
}

private func sweepTitle(of record: GranularityRecord) -> String {
  "efficiency of sum 0…\(Readable.round(record.upTo)) in dynamic chunks, "
    + "\(Readable.count(record.workers, "worker")), median of \(Readable.count(record.single.count, "round"))"
}

/// Returns a table with a row per grain, from large to small, and a column per model.
private func sweepTable(_ summary: [GranularityRecord.Summary]) -> Table {
  var times: [UInt64: Double] = [:]
  for point in summary.flatMap(\.points) { times[point.grain] = point.grainTime }
  let efficiencies = summary.map { model in
    Dictionary(model.points.map { ($0.grain, $0.efficiency) }, uniquingKeysWith: { first, _ in first })
  }
  let rows = times.sorted { $0.key > $1.key }.map { grain, time in
    ["\(grain)", Readable.duration(nanoseconds: time)]
      + efficiencies.map { $0[grain].map { Readable.fixed($0, decimals: 2) } ?? "-" }
  }
  return Table(columns: (["grain", "core time"] + summary.map(\.model)).map { Table.Column($0) }, rows: rows)
}

private func overheadTable(_ summary: [GranularityRecord.Summary]) -> Table {
  let titles = ["model", "METG(50 %)", "first empty region", "empty region", "empty chunk"]
  let rows = summary.map { model in
    [model.model]
      + [model.metg, model.firstEmptyRegion, model.emptyRegion, model.emptyChunk].map { time in
        time.map { Readable.duration(nanoseconds: $0) } ?? "-"
      }
  }
  return Table(columns: titles.map { Table.Column($0) }, rows: rows)
}
