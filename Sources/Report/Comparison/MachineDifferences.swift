import Formatting
import Records

/// The machines and suites that are compared, and their differences.
extension ComparisonRecord {
  var comparedTitle: String {
    let others = runs.dropFirst().map(\.name).joined(separator: ", ")
    return Readable.line("\(others) compared with \(runs.first?.name ?? "-"), the baseline")
  }

  /// A row per run.
  var runTable: Table {
    var titles = ["run", "machine", "started", "scaleup"]
    let hasPrices = runs.contains { $0.price != nil }
    if hasPrices { titles.append("price per hour") }
    let rows = runs.map { run in
      [run.name, run.host, started(run), run.version]
        + (hasPrices ? [run.price.map { Readable.plain($0) } ?? "-"] : [])
    }
    return Table(columns: titles.map { Table.Column($0, isText: true) }, rows: rows)
  }

  private func started(_ run: Run) -> String {
    minute(of: run.startedAt) + (run.count.map { " (first of \(Readable.count($0, "run")))" } ?? "")
  }

  /// A row per machine for every fact in which the machines differ; `nil` if they differ in none.
  var differenceTable: Table? {
    let rows = differences
    if rows.isEmpty { return nil }
    return Table(
      columns: ["fact", "run", "value"].map { Table.Column($0, isText: true) },
      rows: rows.flatMap { name, values in
        zip(runs, values).enumerated().map { [$0 == 0 ? name : "", $1.0.name, $1.1] }
      })
  }

  /// One sentence about the differences of the machines.
  var differenceNotes: [String] {
    let names = differences.map(\.name)
    return [
      names.isEmpty
        ? "The machines do not differ in any known fact."
        : Readable.line("The machines differ in: \(names.joined(separator: ", ")).", limit: 1000)
    ]
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
    // Runs that were saved before these facts were recorded lack them, which is no difference.
    let later: Set = [
      "priority", "limits", "processor ID", "vector sets", "siblings", "NUMA nodes", "kind of core",
    ]
    return names.compactMap { name in
      let known = machines.filter { $0[name] != nil || !later.contains(name) }.map { $0[name] ?? "-" }
      return Set(known).count > 1 ? (name, machines.map { $0[name] ?? "-" }) : nil
    }
  }
}
