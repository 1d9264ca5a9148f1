import Formatting
import Records

/// Which machines and suites are compared, and in what they differ.
extension ComparisonRecord {
  var comparedTitle: String {
    let others = runs.dropFirst().map(\.name).joined(separator: ", ")
    return Readable.line("\(others) compared with \(runs.first?.name ?? "-")")
  }

  /// A row for every run.
  var runTable: Table {
    var titles = ["run", "machine", "started", "scaleup"]
    let hasPrices = runs.contains { $0.price != nil }
    if hasPrices { titles.append("price an hour") }
    let rows = runs.map { run in
      [run.name, run.host, run.startedAt, run.version]
        + (hasPrices ? [run.price.map { Readable.plain($0) } ?? "-"] : [])
    }
    return Table(columns: titles.map { Table.Column($0, isText: true) }, rows: rows)
  }

  /// For every fact that is not the same of all machines a row a machine; `nil` where all are.
  var differenceTable: Table? {
    let rows = differences
    if rows.isEmpty { return nil }
    return Table(
      columns: ["what", "run", ""].map { Table.Column($0, isText: true) },
      rows: rows.flatMap { name, values in
        zip(runs, values).enumerated().map { [$0 == 0 ? name : "", $1.0.name, $1.1] }
      })
  }

  /// What is told where nothing differs.
  var differenceNotes: [String] {
    differences.isEmpty ? ["In nothing that is known of them."] : []
  }

  private var differences: [(name: String, values: [String])] {
    let machines = runs.map { run in
      var values: [String: String] = [:]
      let vectors =
        run.instructionSets.isEmpty ? [] : [("vectors", run.instructionSets.joined(separator: ", "))]
      for (name, value) in facts(of: run.passport) + vectors + [("scaleup", run.version)] {
        values[name] = values[name].map { "\($0); \(value)" } ?? value
      }
      return values
    }
    var seen: Set<String> = []
    let names = (runs.flatMap { facts(of: $0.passport).map(\.0) } + ["vectors", "scaleup"])
      .filter { seen.insert($0).inserted }
    return names.compactMap { name in
      let values = machines.map { $0[name] ?? "-" }
      return Set(values).count > 1 ? (name, values) : nil
    }
  }
}
