import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The fitted laws with their predictions and sentences about them; `nil` if none could be fitted.
  var lawSection: Section? {
    let fitted = scalings.map { scaling in (scaling, scaling.fit.laws.compactMap { try? $0.get() }) }.filter {
      !$0.1.isEmpty
    }
    if fitted.isEmpty { return nil }
    return Section(
      title: "scaling laws of \(Readable.line(workload)), speedups over single, with 95 % CI",
      table: lawTable(fitted),
      lines: extrapolationNotes(fitted.flatMap(\.1)) + closestSentences + lawRefusals
        + serialFractionSentences)
  }

  /// Returns a table with a row per law of each model; the first row of a model has its name.
  private func lawTable(_ fitted: [(scaling: ModelScaling, fits: [LawFit])]) -> Table {
    var titles = [Table.Column("model")]
    if kernels.count > 1 { titles.append(Table.Column("kernel")) }
    if hasSchedules { titles.append(Table.Column("schedule")) }
    if hasPlacements { titles.append(Table.Column("placement")) }
    titles += [
      Table.Column("law"), Table.Column("f or α"), Table.Column("β", rank: 2), Table.Column("peak", rank: 4),
      Table.Column("limit", rank: 4),
    ]
    let predicted = Set(fitted.flatMap(\.fits).flatMap(\.predictions).map(\.workers)).sorted()
    titles += predicted.enumerated().map { place, workers in
      Table.Column("speedup at \(Readable.workers(workers))", rank: place == 0 ? 1 : 3)
    }
    let rows = fitted.flatMap { scaling, fits in
      var name = [scaling.configuration.model]
      if kernels.count > 1 { name.append(scaling.configuration.kernel) }
      if hasSchedules { name.append(scheduleText(of: scaling.configuration) ?? "-") }
      if hasPlacements { name.append(placementText(of: scaling.configuration) ?? "-") }
      return fits.enumerated().map { row, fit in
        (row == 0 ? name : name.map { _ in "" })
          + [fit.law.name, cell(fit[.f] ?? fit[.alpha]), cell(fit[.beta]), cell(fit.peak), cell(fit.limit)]
          + predicted.map { workers in cell(fit.predictions.first { $0.workers == workers }) }
      }
    }
    return Table(columns: titles, rows: rows, isGrouped: true)
  }

  private func cell(_ coefficient: LawFit.Coefficient?) -> String {
    coefficient.map { cell($0.value, $0.interval.lower, $0.interval.upper) } ?? "-"
  }

  private func cell(_ estimate: LawFit.Extreme?) -> String {
    estimate.map { cell($0.value, $0.lower, $0.upper) } ?? "-"
  }

  private func cell(_ prediction: LawFit.Prediction?) -> String {
    prediction.map {
      cell($0.speedup, $0.interval.lower, $0.interval.upper, mark: $0.isExtrapolated ? "*" : "")
    } ?? "-"
  }

  private func cell(_ value: Double, _ lower: Double, _ upper: Double?, mark: String = "") -> String {
    "\(Readable.digits(value))\(mark) (\(intervalText(lower, upper)))"
  }
}

extension WorkloadAnalysis {
  /// A sentence with the law that fits each model best, and one with the models for which the data cannot tell.
  private var closestSentences: [String] {
    func names(_ isChosen: (ScalingFit) -> Bool) -> String? {
      let names = scalings.filter { isChosen($0.fit) }.map { name(of: $0.configuration, workers: nil) }
      return names.isEmpty ? nil : Readable.list(names)
    }
    let parts = ScalingLaw.allCases.compactMap { law in
      names { $0.closest?.law == law }.map { "\(law.name) fits \($0) best" }
    }
    let unknown = names { fit in fit.closest == nil && fit.laws.contains { (try? $0.get()) != nil } }
    let sentences = [
      parts.isEmpty ? nil : "\(parts.joined(separator: ", and ")).",
      unknown.map { "No law fits \($0) clearly better than the others." },
    ]
    return sentences.compactMap(\.self).map { Readable.line($0, limit: 1000) }
  }

  /// The reason that no law was fitted to any model, if all were measured with too few numbers of workers; `nil` if no
  /// model was measured with several.
  var lawShortage: String? {
    let fewest = ScalingLaw.allCases.map(\.fewestCounts).min() ?? 0
    guard let counts = scalings.map(\.fit.points.count).max(), counts < fewest else { return nil }
    return
      "a law needs at least \(fewest) worker counts up to the effective CPUs, and at most \(counts) were measured"
  }

  /// The laws that could not be fitted, with the models, one sentence per reason.
  var lawRefusals: [String] {
    let failures = scalings.flatMap { scaling in
      scaling.fit.laws.compactMap { law -> (scaling: ModelScaling, error: LawFitError)? in
        guard case .failure(let error) = law else { return nil }
        return (scaling, error)
      }
    }
    var seen: Set<LawFitError> = []
    let errors = failures.map(\.error).filter { seen.insert($0).inserted }
    let byError = Dictionary(grouping: failures, by: \.error)
    return errors.map { error in
      let names = (byError[error] ?? []).map { name(of: $0.scaling.configuration, workers: nil) }
      let models = names.count == scalings.count ? "" : " to \(Readable.list(names))"
      return Readable.line("Not fitted\(models): \(error)", limit: 1000)
    }
  }
}
