import Analysis
import Formatting
import Records

/// Where the core-time went: the tables and sentences of the losses.
extension WorkloadAnalysis {
  /// The rows of which the losses are known.
  private var lossRows: [(row: ConfigurationAnalysis, losses: LossAttribution)] {
    rows.compactMap { row in row.losses.map { (row, $0) } }
  }

  /// Where the core-time went; `nil` where that is not known of any row.
  var lossSection: Section? {
    if lossRows.isEmpty { return nil }
    return Section(
      title:
        "where the core-time of \(Readable.line(workload)) went beyond single's: core-milliseconds, and percent of all",
      table: lossTable, lines: lossSentences)
  }

  /// The kinds of loss that there are: messages are sent by some models only.
  var lossParts: [LossAttribution.Part] {
    LossAttribution.Part.allCases.filter { part in
      part != .communication || lossRows.contains { $0.losses.parts[part] != nil }
    }
  }

  /// A row for every parallel configuration.
  private var lossTable: Table {
    var titles = [Table.Column("model"), Table.Column("workers")]
    if kernels.count > 1 { titles.insert(Table.Column("kernel"), at: 1) }
    if hasThreads { titles.append(Table.Column("ranks")) }
    if hasSchedules { titles.append(Table.Column("schedule")) }
    titles += [Table.Column("lost")]
    titles += lossParts.map { Table.Column($0.title, rank: 1) }
    titles.append(Table.Column("serial fraction", rank: 2))
    let rows = lossRows.map { row, losses in
      var cells = [row.configuration.model, "\(row.configuration.workers)"]
      if kernels.count > 1 { cells.insert(row.configuration.kernel, at: 1) }
      if hasThreads { cells.append(row.rankText ?? "-") }
      if hasSchedules { cells.append(scheduleText(of: row.configuration) ?? "-") }
      cells.append(cell(losses.lost, of: losses.coreTime))
      cells += lossParts.map { part in losses.parts[part].map { cell($0, of: losses.coreTime) } ?? "-" }
      cells.append(row.serialFraction.map { Readable.fixed($0, decimals: 3) } ?? "-")
      return cells
    }
    return Table(columns: titles, rows: rows)
  }

  /// For each kind of loss that is the largest of some configuration, of which, the worst first, and what would help.
  private var lossSentences: [String] {
    LossAttribution.Part.allCases.compactMap { part in
      let worst = lossRows.filter { $0.losses.largest == part }.sorted {
        $0.losses.share(of: part) > $1.losses.share(of: part)
      }
      let names = worst.map { row, losses in
        "\(name(of: row.configuration, workers: row.configuration.workers)) "
          + "(\(Readable.percent(losses.share(of: part))))"
      }
      if names.isEmpty { return nil }
      return Readable.line(
        "Most was lost to \(part.title) by \(Readable.list(names)): \(part.remedy).", limit: 1000)
    }
  }

  private func cell(_ nanoseconds: Double, of coreTime: Double) -> String {
    let percent = coreTime > 0 ? " (\(Readable.percent(nanoseconds / coreTime)))" : ""
    return Readable.fixed(nanoseconds / 1e6, decimals: 1) + percent
  }
}

extension LossAttribution.Part {
  /// The word for it.
  var title: String {
    switch self {
    case .startUp: "start-up"
    case .communication: "communication"
    case .slowDown: "slow-down"
    case .offCPU: "off-CPU"
    case .imbalance: "imbalance"
    case .merge: "merge"
    }
  }

  /// What it is a sign of, and what would help.
  fileprivate var remedy: String {
    switch self {
    case .startUp:
      "workers began late; more work in a region, or workers that are kept from one to the next, would help"
    case .communication:
      "processes waited for messages; larger chunks, a static schedule or a quicker network would help"
    case .slowDown:
      "the same work took more CPU time than in one worker, because cores share caches, power or execution units; "
        + "fewer workers a physical core, or a cooler and less shared machine, would help"
    case .offCPU:
      "workers waited for a core; fewer other programs, or no more workers than effective CPUs, would help"
    case .imbalance: "workers waited for the last one; a dynamic schedule or smaller chunks would help"
    case .merge: "the last results took long to come; fewer and larger partial results would help"
    }
  }
}
