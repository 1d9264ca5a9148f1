import Analysis
import Formatting
import Records

/// Returns what more cores add to the bandwidth of memory.
func bandwidthSentence(_ scaling: BandwidthScaling) -> String {
  let (first, last) = (scaling.points[0], scaling.points[scaling.points.count - 1])
  let subject = "memory bandwidth (\(scaling.operation))"
  let ends = "\(text(first)), \(text(last))"
  let gain =
    scaling.gain < 1.005
    ? "nothing"
    : "\(Readable.percent(scaling.gain - 1))\(interval(scaling, unit: " %") { Readable.fixed(100 * ($0 - 1), decimals: 1) })"
  if first.workers == 1, last.workers == 2 {
    return "The second core adds \(gain) to \(subject): \(ends)."
  }
  guard let enough = scaling.enough else {
    let more = Readable.fixed(scaling.gain, decimals: 2)
    return
      "\(last.workers) workers have \(more)× the \(subject) of \(workerText(first))\(interval(scaling) { Readable.fixed($0, decimals: 2) }): "
      + "\(ends)."
  }
  return
    "More than \(workerText(enough)) \(enough.workers == 1 ? "adds" : "add") little to \(subject): \(last.workers) add \(gain) to \(text(enough))."
}

private func workerText(_ point: BandwidthScaling.Point) -> String {
  point.workers == 1 ? "one worker" : "\(point.workers) workers"
}

private func text(_ point: BandwidthScaling.Point) -> String {
  "\(Readable.bandwidth(bytesPerSecond: point.bandwidth)) with \(workerText(point))"
}

/// Returns the interval of the gain in parentheses, or nothing if it is unknown.
private func interval(
  _ scaling: BandwidthScaling, unit: String = "", _ text: (Double) -> String
) -> String {
  scaling.interval.map { " (95 % CI \(text($0.lower))–\(text($0.upper))\(unit))" } ?? ""
}

/// Returns a table of the bandwidth of every operation, if several were measured: a row per configuration.
func operationSection(of analysis: RunAnalysis) -> Section? {
  let workloads = analysis.workloads.filter { $0.operation != nil }
  var seen: Set<String> = []
  let operations = workloads.compactMap(\.operation).filter { seen.insert($0).inserted }
  guard operations.count > 1 else { return nil }
  var bandwidths: [Configuration: [String: Double]] = [:]
  var rows: [Configuration] = []
  for row in workloads.flatMap(\.rows) {
    var key = row.configuration
    guard let operation = key.operation else { continue }
    (key.operation, key.upTo) = (nil, nil)
    if bandwidths[key] == nil { rows.append(key) }
    bandwidths[key, default: [:]][operation] = row.bandwidth
  }
  let hasKernels = Set(rows.map(\.kernel)).count > 1
  let hasSizes = Set(rows.map(\.size)).count > 1
  return Section(
    title: "memory bandwidth by operation in GB/s",
    table: Table(
      columns: [Table.Column("model", isText: true), Table.Column("workers")]
        + operations.map { Table.Column($0) },
      rows: rows.map { key in
        let name =
          [key.model, hasKernels ? key.kernel : nil, variantText(of: key)]
          + [hasSizes ? key.size.map { Readable.memory(bytes: $0) } : nil]
        return [name.compactMap(\.self).joined(separator: " "), "\(key.workers)"]
          + operations.map { operation in
            bandwidths[key]?[operation].map { Readable.fixed($0 / 1e9, decimals: $0 < 9.95e9 ? 2 : 1) }
              ?? Table.undefined
          }
      }))
}
