import Formatting
import Records

/// The tables of a comparison.
extension ComparisonRecord {
  /// A row for every model that was measured with every core of both machines.
  var gainTable: Table {
    table(
      gains.map(\.configuration), runs: gains.map(\.run),
      [
        ("workers", 0, { "\(gains[$0].configuration.workers) → \(gains[$0].workers)" }),
        ("gain", 0, { text(gains[$0].gain) }), ("per core", 1, { text(gains[$0].perCore) }),
        ("cores", 1, { Readable.fixed(gains[$0].cores, decimals: 2) }),
        ("efficiency", 1, { text(gains[$0].efficiency) }),
      ])
  }

  /// A row for every gain of which the prices are known.
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

  var changeTitle: String {
    "what has changed: the ratio to \(Readable.line(runs.first?.name ?? "-")), and its 95 % interval"
  }

  /// A row for every configuration that both have measured.
  var changeTable: Table {
    table(
      changes.map(\.configuration), runs: changes.map(\.run),
      [
        ("workers", 0, { "\(changes[$0].configuration.workers)" }), ("time", 0, { text(changes[$0].time) }),
        ("efficiency", 1, { text(changes[$0].efficiency) }),
        ("utilization", 2, { text(changes[$0].utilization) }),
        ("", 0, { word(for: changes[$0].time) }),
      ])
  }

  /// What a reader of the changes must know.
  var changeNotes: [String] {
    changes.contains { $0.time.lower == nil }
      ? [
        "Where there is no interval, a run has fewer than five trials: whether anything has changed cannot be told."
      ]
      : []
  }

  /// A row for every configuration that did not pass a gate; `nil` where all did.
  func findingTable(of answer: GateAnswer) -> Table? {
    let findings = answer.findings
    if findings.isEmpty { return nil }
    return table(
      findings.map(\.configuration), runs: findings.map(\.run),
      [
        ("workers", 0, { "\(findings[$0].configuration.workers)" }),
        (answer.gate.measure.rawValue, 0, { text(findings[$0].ratio) }),
        ("", 0, { findings[$0].verdict == .failed ? "worse" : "cannot tell" }),
      ])
  }

  /// A table with the columns that tell configurations apart, and others by the position of their row.
  private func table(
    _ configurations: [Configuration], runs positions: [Int],
    _ measures: [(title: String, rank: Int, cell: (Int) -> String)]
  ) -> Table {
    var names: [(title: String, cell: (Int) -> String)] = [
      ("workload", { configurations[$0].workload }), ("model", { configurations[$0].model }),
    ]
    if runs.count > 2 { names.insert(("run", { runs[positions[$0]].name }), at: 0) }
    if Set(configurations.map(\.kernel)).count > 1 { names.append(("kernel", { configurations[$0].kernel })) }
    if configurations.contains(where: { $0.schedule != nil }) {
      names.append(("schedule", { scheduleText(of: configurations[$0]) ?? "-" }))
    }
    return Table(
      columns: names.map { Table.Column($0.title, isText: true) }
        + measures.map { Table.Column($0.title, rank: $0.rank) },
      rows: configurations.indices.map { row in
        names.map { $0.cell(row) } + measures.map { $0.cell(row) }
      })
  }

  private func text(_ estimate: Ratio?) -> String {
    estimate.map { $0.text } ?? "-"
  }

  /// Whether the same work takes longer; nothing where that cannot be told.
  private func word(for time: Ratio) -> String {
    guard let lower = time.lower, let upper = time.upper else { return "" }
    return upper < 1 ? "faster" : lower > 1 ? "slower" : ""
  }
}

extension ComparisonRecord.Ratio {
  /// The number, and its interval where there is one.
  var text: String {
    let ends = [lower, upper].compactMap { $0.map { Readable.ratio($0) } }
    return Readable.ratio(value) + (ends.count == 2 ? " (\(ends[0]) to \(ends[1]))" : "")
  }
}
