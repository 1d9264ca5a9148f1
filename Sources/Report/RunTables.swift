import Analysis
import Records

/// The tables of a run: which columns a workload has, and what stands in them.
extension Table {
  /// The table of a workload.
  init(_ analysis: RunAnalysis.Table) {
    let isFixedTime = analysis.duration != nil
    let measure: [Column] =
      isFixedTime
      ? [Column("operations/s")]
      : [Column("region"), Column("min", rank: 4), Column("max", rank: 4)]
    let gains = [
      Column("speedup"), isFixedTime ? Column("fairness", rank: 1) : Column("efficiency", rank: 1),
    ]
    columns =
      [Column("model"), Column("workers")] + measure + gains
      + [Column("busy cores", rank: 2), Column("utilization", rank: 3), Column("switches", rank: 5)]
    rows = analysis.rows.map { row in
      let measure =
        isFixedTime
        ? [Readable.large(row.rate.median)]
        : [row.region.median, row.region.minimum, row.region.maximum].map {
          Readable.duration(nanoseconds: $0)
        }
      let gains = [ratio(row.speedup), ratio(isFixedTime ? row.fairness : row.efficiency)]
      return [row.configuration.model, "\(row.configuration.workers)" + (row.isOversubscribed ? "!" : "")]
        + measure + gains
        + [ratio(row.busyCores), row.utilization.map(Readable.percent) ?? undefined]
        + [row.contextSwitches.map { Readable.fixed($0, decimals: 0) } ?? undefined]
    }
  }
}

/// What stands in place of a number that was not measured or is not defined.
private let undefined = "-"

private func ratio(_ value: Double?) -> String {
  value.map { Readable.fixed($0, decimals: 2) } ?? undefined
}

extension RunAnalysis.Table {
  /// One line above the table: what was computed, and how often.
  var title: String {
    let extent = upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let time = duration.map { " for \(Readable.duration(nanoseconds: Double($0)))" } ?? ""
    let counts = rows.map(\.trials)
    let trials = counts.min() == counts.max() ? "\(counts.first ?? 0)" : "up to \(counts.max() ?? 0)"
    let plural = trials == "1" ? "trial" : "trials"
    return
      "\(Readable.line(workload))\(extent)\(time), \(Readable.line(kernel)) kernel, median of \(trials) \(plural)"
  }

  /// Whether a row has more workers than effective CPUs.
  var hasOversubscription: Bool { rows.contains(where: \.isOversubscribed) }
}
