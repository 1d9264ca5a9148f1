import Analysis
import Formatting
import Records

/// The tables of a run: which columns a workload has, and what stands in them.
extension Table {
  /// The table of a workload. Columns in which every row would say the same are left out.
  init(_ analysis: WorkloadAnalysis) {
    let shown = TableColumn.columns(of: analysis)
    columns = shown.map(\.column)
    rows = analysis.rows.map { row in shown.map { $0.cell(row) ?? undefined } }
  }
}

/// What stands in place of a number that was not measured or is not defined.
private let undefined = "-"

/// A column, and what stands in it.
private struct TableColumn {
  let column: Table.Column
  /// The cell of a row; `nil` where there is nothing to show.
  let cell: (ConfigurationAnalysis) -> String?

  init(_ title: String, rank: Int = 0, _ cell: @escaping (ConfigurationAnalysis) -> String?) {
    column = Table.Column(title, rank: rank)
    self.cell = cell
  }

  static func columns(of table: WorkloadAnalysis) -> [TableColumn] {
    let measures = table.duration == nil ? timeColumns(table) : rateColumns(table)
    return nameColumns(table) + measures + [
      TableColumn("busy cores", rank: 2) { ratio($0.median(of: \.busyCores)) },
      TableColumn("utilization", rank: 3) { $0.median(of: \.utilization).map(Readable.percent) },
      TableColumn("switches", rank: 5) {
        $0.median(of: \.contextSwitches).map { Readable.fixed($0, decimals: 0) }
      },
    ]
  }

  private static func nameColumns(_ table: WorkloadAnalysis) -> [TableColumn] {
    var columns = [
      TableColumn("model") { row in
        row.configuration.model + (row.inexactAnswer == nil ? "" : "~")
          + (row.configuration.upTo == table.upTo ? "" : "*")
      }
    ]
    if table.kernels.count > 1 { columns.append(TableColumn("kernel") { $0.configuration.kernel }) }
    columns.append(
      TableColumn("workers") { "\($0.configuration.workers)" + ($0.isOversubscribed ? "!" : "") })
    if table.rows.contains(where: { $0.restarts > 0 }) {
      columns.append(TableColumn("restarts") { "\($0.restarts)" })
    }
    columns += TableColumn("machines") { $0.hosts.isEmpty ? nil : "\($0.hosts.count)" }.unlessEmpty(in: table)
    if table.hasThreads { columns.append(TableColumn("ranks") { $0.rankText }) }
    if table.hasSchedules {
      columns.append(TableColumn("schedule") { scheduleText(of: $0.configuration) })
    }
    return columns
  }

  private static func timeColumns(_ table: WorkloadAnalysis) -> [TableColumn] {
    let times =
      TableColumn("first", rank: 1) { time($0.median(of: \.firstRegion)) }.unlessEmpty(in: table)
      + [TableColumn("region") { time($0.region.median) }] + precisionColumns(table) + [
        TableColumn("min", rank: 4) { time($0.region.minimum) },
        TableColumn("max", rank: 4) { time($0.region.maximum) },
      ]
    let efficiency =
      [TableColumn("efficiency", rank: 1) { ratio($0.efficiency) }]
      + TableColumn("95 % of it", rank: 4) {
        ends($0.efficiencyInterval?.lower, $0.efficiencyInterval?.upper)
      }.unlessEmpty(in: table)
    return times + speedupColumns(table) + efficiency + [
      TableColumn("imbalance", rank: 3) { $0.median(of: \.imbalance).map(Readable.percent) }
    ]
  }

  private static func rateColumns(_ table: WorkloadAnalysis) -> [TableColumn] {
    [TableColumn("operations/s") { Readable.large($0.rate.median) }] + precisionColumns(table)
      + speedupColumns(table) + [TableColumn("fairness", rank: 1) { ratio($0.median(of: \.fairness)) }]
  }

  private static func speedupColumns(_ table: WorkloadAnalysis) -> [TableColumn] {
    let overScalar = TableColumn("over scalar") { ratio($0.overScalar) }
    return [TableColumn("speedup") { ratio($0.speedup) }]
      + TableColumn("95 % interval", rank: 2) {
        ends($0.speedupInterval?.lower, $0.speedupInterval?.upper)
      }.unlessEmpty(in: table) + (table.kernels.count > 1 ? [overScalar] : [])
  }

  /// How well the medians are known, where there are trials enough to tell.
  private static func precisionColumns(_ table: WorkloadAnalysis) -> [TableColumn] {
    TableColumn("±", rank: 2) { $0.precision.map(Readable.percent) }.unlessEmpty(in: table)
  }

  /// The column, unless no row has anything to show in it.
  private func unlessEmpty(in table: WorkloadAnalysis) -> [TableColumn] {
    table.rows.contains { cell($0) != nil } ? [self] : []
  }

  private static func time(_ nanoseconds: Double?) -> String? {
    nanoseconds.map { Readable.duration(nanoseconds: $0) }
  }

  private static func ends(_ lower: Double?, _ upper: Double?) -> String? {
    ratio(lower).flatMap { lower in ratio(upper).map { "\(lower) to \($0)" } }
  }

  private static func ratio(_ value: Double?) -> String? {
    value.map { Readable.fixed($0, decimals: $0.magnitude < 0.0995 ? 4 : 2) }
  }
}

extension WorkloadAnalysis {
  /// One line above the table: what was computed, and how often.
  var title: String {
    let extent = upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let time = duration.map { " for \(Readable.duration(nanoseconds: Double($0)))" } ?? ""
    let counts = rows.map(\.trials)
    let trials = counts.min() == counts.max() ? "\(counts.first ?? 0)" : "up to \(counts.max() ?? 0)"
    let plural = trials == "1" ? "trial" : "trials"
    let kernel = kernels.count == 1 ? ", \(Readable.line(kernels[0])) kernel" : ""
    return "\(Readable.line(workload))\(extent)\(time)\(kernel), median of \(trials) \(plural)"
  }

  /// What the marks in the table mean, a line each.
  var notes: [String] {
    var lines: [String] = []
    if rows.contains(where: \.isOversubscribed) { lines.append("! more workers than effective CPUs") }
    if rows.contains(where: { $0.restarts > 0 }) {
      lines.append(
        "restarts: workers that were lost and replaced in all trials; the regions have the time that cost")
    }
    for (model, answer) in inexactAnswers {
      let error = answer.relativeError.map { ", a relative error of \(Readable.scientific($0))" } ?? ""
      lines.append(Readable.line("~ \(model) computed \(answer.found); right is \(answer.right)\(error)"))
    }
    for (model, upTo) in ownAmounts {
      lines.append(
        Readable.line("* \(model) with N = \(Readable.round(upTo)), for it is slow; its speedup is of rates"))
    }
    return lines
  }

  private var inexactAnswers: [(String, InexactAnswer)] {
    once(rows.compactMap { row in row.inexactAnswer.map { (row.configuration.model, $0) } })
  }

  private var ownAmounts: [(String, UInt64)] {
    once(
      rows.compactMap { row in
        row.configuration.upTo.flatMap { $0 == upTo ? nil : (row.configuration.model, $0) }
      })
  }

  /// The first entry of every model.
  private func once<Value>(_ entries: [(String, Value)]) -> [(String, Value)] {
    var seen: Set<String> = []
    return entries.filter { seen.insert($0.0).inserted }
  }
}
