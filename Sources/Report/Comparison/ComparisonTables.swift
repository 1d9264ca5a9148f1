import Formatting
import Records

/// The tables of a comparison.
extension ComparisonRecord {
  /// A row per model that was measured with every core of both machines.
  var gainTable: Table { gainTable { text($0) } }

  /// The same, without the intervals of the factors.
  var narrowGainTable: Table { gainTable { $0.map { Readable.ratio($0.value) } ?? Table.undefined } }

  private func gainTable(_ factor: @escaping (Ratio?) -> String) -> Table {
    let smt: [(title: String, rank: Int, cell: (Int) -> String)] =
      gains.contains { $0.smt != nil } ? [("SMT", 1, { factor(gains[$0].smt) })] : []
    return table(
      gains.map(\.configuration), runs: gains.map(\.run),
      [
        ("workers", 0, { "\(gains[$0].configuration.workers) → \(gains[$0].workers)" }),
        ("gain", 0, { text(gains[$0].gain) }), ("per core", 1, { factor(gains[$0].perCore) }),
        ("cores", 1, { Readable.fixed(gains[$0].cores, decimals: 2) }),
      ] + smt + [("efficiency", 1, { factor(gains[$0].efficiency) })])
  }

  /// A row per gain whose prices are known.
  var moneyTable: Table {
    let priced = gains.filter { $0.workForMoney?.count == 2 }
    func work(_ position: Int, _ which: Int) -> Double { priced[position].workForMoney?[which] ?? .nan }
    return table(
      priced.map(\.configuration), runs: priced.map(\.run),
      [
        ("baseline", 0, { Readable.large(work($0, 0)) }), ("other", 0, { Readable.large(work($0, 1)) }),
        ("gain", 0, { Readable.fixed(work($0, 1) / work($0, 0), decimals: 2) }),
      ])
  }

  /// A section per workload, with the changes of every configuration that both runs have measured.
  var changeSections: [Section] {
    var seen: Set<String> = []
    let workloads = changes.map(\.configuration.workName).filter { seen.insert($0).inserted }
    let byWorkload = Dictionary(grouping: changes, by: \.configuration.workName)
    return workloads.map { workload in
      let own = byWorkload[workload] ?? []
      return Section(
        title: "\(Readable.line(workload)): ratio to \(Readable.line(runs.first?.name ?? "-")) (95 % CI)",
        table: changeTable(own) { text($0) },
        narrowTable: changeTable(own) { $0.map { Readable.ratio($0.value) } ?? Table.undefined })
    }
  }

  private func changeTable(_ changes: [Change], _ further: @escaping (Ratio?) -> String) -> Table {
    let hasEnergy = changes.contains { $0.energy != nil }
    let timeTitle = changes.contains { $0.configuration.traffic != nil } ? "CPU/request" : "time"
    var measures: [(title: String, rank: Int, cell: (Int) -> String)] = [
      // A row that stands for several numbers of workers has none.
      (
        "workers", 0, { changes[$0].configuration.workers > 0 ? "\(changes[$0].configuration.workers)" : "-" }
      ), (timeTitle, 0, { text(changes[$0].time) }),
      ("", 0, { changes[$0].finding?.rawValue ?? "" }),
      ("efficiency", 2, { further(changes[$0].efficiency) }),
      // A narrow terminal shows the energy instead.
      ("utilization", hasEnergy ? 3 : 1, { further(changes[$0].utilization) }),
    ]
    if hasEnergy { measures.append(("energy", 1, { further(changes[$0].energy) })) }
    return table(
      changes.map(\.configuration), runs: changes.map(\.run), hasWorkload: false, measures)
  }

  /// The limits of the intervals, and a warning if changes have none.
  var changeNotes: [String] {
    var notes: [String] = []
    if changes.contains(where: { $0.time.lower == nil }) {
      notes.append("Ratios without an interval come from fewer than five trials: they cannot show a change.")
    }
    if changes.contains(where: { $0.otherUpTo != nil }) {
      notes.append("Where N differs between the runs, the times per number are compared.")
    }
    if changes.contains(where: { $0.time.lower != nil }),
      runs.allSatisfy({ $0.count == nil && $0.sharesRounds != true })
    {
      notes.append(
        "The intervals do not cover differences between runs: an unchanged machine can differ by a few percent from one "
          + "run to the next. To cover them, compare several runs a side: scaleup compare A1.json,A2.json,A3.json "
          + "B1.json,B2.json,B3.json.")
    }
    return notes + energyNotes
  }

  /// A row per configuration that did not pass a gate; `nil` if all did.
  func findingTable(of answer: GateAnswer) -> Table? {
    let findings = answer.findings
    if findings.isEmpty { return nil }
    return table(
      findings.map(\.configuration), runs: findings.map(\.run),
      [
        ("workers", 0, { "\(findings[$0].configuration.workers)" }),
        (answer.gate.measure.rawValue, 0, { text(findings[$0].ratio) }),
        ("", 0, { findings[$0].verdict == .failed ? "worse" : "inconclusive" }),
      ])
  }

  /// Makes a table with the columns that distinguish configurations, and others by the position of their row.
  private func table(
    _ configurations: [Configuration], runs positions: [Int], hasWorkload: Bool = true,
    _ measures: [(title: String, rank: Int, cell: (Int) -> String)]
  ) -> Table {
    var names: [(title: String, cell: (Int) -> String)] = [("model", { configurations[$0].model })]
    if hasWorkload { names.insert(("workload", { configurations[$0].workName }), at: 0) }
    if runs.count > 2 { names.insert(("run", { runs[positions[$0]].name }), at: 0) }
    if Set(configurations.map(\.kernel)).count > 1 { names.append(("kernel", { configurations[$0].kernel })) }
    if configurations.contains(where: { $0.schedule != nil }) {
      names.append(("schedule", { scheduleText(of: configurations[$0]) ?? "-" }))
    }
    if configurations.contains(where: { $0.placement != nil }) {
      names.append(("placement", { placementText(of: configurations[$0]) ?? "-" }))
    }
    return Table(
      columns: names.map { Table.Column($0.title, isText: true) }
        + measures.map { Table.Column($0.title, rank: $0.rank) },
      rows: configurations.indices.map { row in
        names.map { $0.cell(row) } + measures.map { $0.cell(row) }
      })
  }

  private func text(_ ratio: Ratio?) -> String {
    ratio?.text ?? Table.undefined
  }

}

extension ComparisonRecord.Ratio {
  /// The number, and its interval if there is one.
  var text: String {
    let ends = [lower, upper].compactMap { $0.map { Readable.ratio($0) } }
    return Readable.ratio(value) + (ends.count == 2 ? " (\(ends[0])–\(ends[1]))" : "")
  }
}
