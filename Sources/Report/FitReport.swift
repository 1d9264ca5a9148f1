import Analysis
import Formatting
import Records

/// Returns scaling laws fitted to throughputs by number of workers, as tables and sentences for a terminal.
///
/// - Parameter title: The name of the trials, if there are others.
public func fitReport(of fit: ScalingFit, title: String? = nil, style: TextStyle = TextStyle()) -> String {
  let fits = fit.laws.compactMap { try? $0.get() }
  let prefix = title.map { "\(Readable.line($0)): " } ?? ""
  var sections = [Section(title: prefix + heading(of: fit))]
  if let first = fit.points.first, fit.points.count > 1 {
    let baseline = "Measured speedups are over \(Readable.workers(first.workers)) workers."
    sections.append(Section(table: pointTable(fit), lines: first.workers == 1 ? [] : [baseline]))
  }
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
    return "\(trials), \(Readable.count(fit.points.count, "worker count"))"
  }
  return "\(trials), \(fit.points.count) worker counts from \(Readable.workers(first.workers)) to "
    + "\(Readable.workers(last.workers))"
}

/// Returns a table with a row per number of workers. Intervals are from the trials, if any point has enough of them.
private func pointTable(_ fit: ScalingFit) -> Table {
  let hasIntervals = fit.points.contains { $0.interval != nil }
  func columns<Cell>(_ all: [Cell]) -> [Cell] {
    all.indices.filter { hasIntervals || ![3, 5].contains($0) }.map { all[$0] }
  }
  let rows = fit.points.map { point in
    let speedup = fit.speedup(of: point)
    return columns([
      Readable.workers(point.workers), "\(point.trials)", Readable.digits(point.throughput),
      point.interval.map { intervalText($0.lower, $0.upper) } ?? "-", Readable.digits(speedup.value),
      speedup.interval.map { intervalText($0.lower, $0.upper) } ?? "-", Readable.digits(speedup.efficiency),
    ])
  }
  return Table(
    columns: columns([
      Table.Column("workers"), Table.Column("trials", rank: 3), Table.Column("throughput"),
      Table.Column("95 % CI", rank: 2), Table.Column("speedup"), Table.Column("95 % CI", rank: 1),
      Table.Column("efficiency"),
    ]), rows: rows)
}

/// Returns a table with a row per coefficient, and per peak or limit that follows from the coefficients.
private func lawTable(_ fits: [LawFit]) -> Table {
  let columns = [
    Table.Column("law"), Table.Column("quantity"), Table.Column("value"),
    Table.Column("standard error", rank: 2),
    Table.Column("95 % CI", rank: 1), Table.Column("residual error", rank: 3),
  ]
  let rows = fits.flatMap { fit in
    let quantities =
      fit.coefficients.map { coefficient in
        [
          coefficient.coefficient.symbol, Readable.digits(coefficient.value),
          Readable.digits(coefficient.standardError),
          coefficientIntervalText(coefficient.interval.lower, coefficient.interval.upper),
        ]
      }
      + [("peak, workers", fit.peak), ("limit, speedup", fit.limit)].compactMap { name, estimate in
        estimate.map { [name, Readable.digits($0.value), "", intervalText($0.lower, $0.upper)] }
      }
    return quantities.enumerated().map { row, cells in
      row == 0
        ? [fit.law.name] + cells + [Readable.digits(fit.residualStandardError)]
        : [""] + cells + [""]
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
  return Table(columns: ["law", "workers", "speedup", "95 % CI"].map { Table.Column($0) }, rows: rows)
}

/// Returns the meaning of the mark of an extrapolated prediction; empty if there is none.
func extrapolationNotes(_ fits: [LawFit]) -> [String] {
  let isExtrapolated = fits.contains { $0.predictions.contains(where: \.isExtrapolated) }
  return isExtrapolated
    ? ["* extrapolated: more workers than measured, valid only if the law holds there"] : []
}

/// Formats an interval that may have no upper end.
func intervalText(_ lower: Double, _ upper: Double?) -> String {
  "\(Readable.digits(lower))–\(upper.map(Readable.digits) ?? "∞")"
}

/// Formats the interval of a coefficient. A lower end that is nothing beside the upper one is written as 0.
func coefficientIntervalText(_ lower: Double, _ upper: Double?) -> String {
  intervalText(lower.magnitude < 1e-4 * (upper ?? 1).magnitude ? 0 : lower, upper)
}

extension ScalingLaw {
  /// The name of the law in a table.
  var name: String {
    switch self {
    case .amdahl: "Amdahl"
    case .gustafson: "Gustafson"
    case .usl: "USL"
    }
  }
}

extension ScalingLaw.Coefficient {
  /// The symbol in formulas.
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
  /// Formats a number of workers, which may be fractional.
  static func workers(_ count: Double) -> String {
    Int(exactly: count).map { "\($0)" } ?? digits(count)
  }
}
