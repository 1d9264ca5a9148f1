import Analysis
import Formatting
import Records

/// Scaling laws fitted to throughputs by workers, as tables for a terminal, and what follows in plain words.
public func fitReport(of fit: ScalingFit, style: TextStyle = TextStyle()) -> String {
  let fits = fit.laws.compactMap { try? $0.get() }
  var sections = [Section(title: heading(of: fit))]
  if !fits.isEmpty {
    sections += [
      Section(table: lawTable(fits)),
      Section(
        title: "speedup over one worker", table: predictionTable(fits), lines: extrapolationNotes(fits)),
    ]
  }
  return Section.text(sections + [Section(lines: sentences(on: fit))], style: style)
}

private func heading(of fit: ScalingFit) -> String {
  let trials = Readable.count(fit.points.reduce(0) { $0 + $1.trials }, "trial")
  guard let first = fit.points.first, let last = fit.points.last, fit.points.count > 1 else {
    return "\(trials) of one number of workers"
  }
  return "\(trials) of \(fit.points.count) numbers of workers, \(Readable.workers(first.workers)) to "
    + "\(Readable.workers(last.workers))"
}

/// A row for every coefficient, and for what follows from them.
private func lawTable(_ fits: [LawFit]) -> Table {
  let columns = [
    Table.Column("law"), Table.Column("quantity"), Table.Column("value"),
    Table.Column("standard error", rank: 2),
    Table.Column("95 % interval", rank: 1), Table.Column("residual error", rank: 3),
    Table.Column("R²", rank: 3),
  ]
  let rows = fits.flatMap { fit in
    let quantities =
      fit.coefficients.map { coefficient in
        [
          coefficient.coefficient.symbol, Readable.digits(coefficient.value),
          Readable.digits(coefficient.standardError),
          intervalText(coefficient.interval.lower, coefficient.interval.upper),
        ]
      }
      + [("peak, workers", fit.peak), ("limit, speedup", fit.limit)].compactMap { name, estimate in
        estimate.map { [name, Readable.digits($0.value), "", intervalText($0.lower, $0.upper)] }
      }
    return quantities.enumerated().map { row, cells in
      row == 0
        ? [fit.law.name] + cells
          + [
            Readable.digits(fit.residualStandardError),
            fit.rSquared.map { Readable.fixed($0, decimals: 4) } ?? "-",
          ]
        : [""] + cells + ["", ""]
    }
  }
  return Table(columns: columns, rows: rows)
}

private func predictionTable(_ fits: [LawFit]) -> Table {
  let rows = fits.flatMap { fit in
    fit.predictions.enumerated().map { row, prediction in
      [
        row == 0 ? fit.law.name : "",
        Readable.workers(prediction.workers) + (prediction.isExtrapolated ? "*" : ""),
        Readable.digits(prediction.speedup),
        intervalText(prediction.interval.lower, prediction.interval.upper),
      ]
    }
  }
  return Table(columns: ["law", "workers", "speedup", "95 % interval"].map { Table.Column($0) }, rows: rows)
}

/// What the mark of an extrapolated prediction means; empty where there is none.
func extrapolationNotes(_ fits: [LawFit]) -> [String] {
  let isExtrapolated = fits.contains { $0.predictions.contains(where: \.isExtrapolated) }
  return isExtrapolated
    ? ["* more workers than were measured: extrapolated, and of no use where the law does not hold"] : []
}

/// An interval that may have no upper end.
func intervalText(_ lower: Double, _ upper: Double?) -> String {
  "\(Readable.digits(lower)) to \(upper.map(Readable.digits) ?? "no end")"
}

extension ScalingLaw {
  /// The law's name in a table.
  var name: String {
    switch self {
    case .amdahl: "Amdahl"
    case .gustafson: "Gustafson"
    case .usl: "USL"
    }
  }
}

extension ScalingLaw.Coefficient {
  /// How formulas write it.
  fileprivate var symbol: String {
    switch self {
    case .gamma: "γ"
    case .f: "f"
    case .alpha: "α"
    case .beta: "β"
    }
  }
}

extension Readable {
  /// A number of workers, which need not be whole.
  static func workers(_ count: Double) -> String {
    Int(exactly: count).map { "\($0)" } ?? digits(count)
  }
}
