import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The fitted laws with their predictions and sentences about them; `nil` if none could be fitted.
  var lawSection: Section? {
    laws.section(
      title: "scaling laws of \(Readable.line(workload)), speedups over \(referenceName), with 95 % CI",
      names: nameColumns, notes: serialFractionSentences)
  }

  /// The reason that no law was fitted to any model, if all were measured with too few numbers of workers; `nil` if no
  /// model was measured with several.
  var lawShortage: String? {
    laws.shortage(
      upTo: fastCores.map { hasPlacements ? "the cores of a kind" : "the \($0.cores) \($0.name) cores" }
        ?? physicalCores.map { "the \($0) physical cores" } ?? "the effective CPUs")
  }

  /// The laws that could not be fitted, with the models, one sentence per reason.
  var lawRefusals: [String] { laws.refusals }

  private var nameColumns: [Table.Column] {
    [
      Table.Column("model"), kernels.count > 1 ? Table.Column("kernel") : nil,
      hasSchedules ? Table.Column("schedule") : nil, hasPlacements ? Table.Column("placement") : nil,
    ].compactMap(\.self)
  }

  private var laws: [ModelLaws] {
    scalings.map { scaling in
      let configuration = scaling.configuration
      return ModelLaws(
        name: name(of: configuration, workers: nil),
        cells: [
          configuration.model, kernels.count > 1 ? configuration.kernel : nil,
          hasSchedules ? scheduleText(of: configuration) ?? "-" : nil,
          hasPlacements ? placementText(of: configuration) ?? "-" : nil,
        ].compactMap(\.self), fit: scaling.fit)
    }
  }
}

/// The laws of one model of a report.
struct ModelLaws {
  /// The name of the model in a sentence.
  let name: String
  /// The cells that name the model in a table.
  let cells: [String]
  /// The laws.
  let fit: ScalingFit

  /// The laws that could be fitted.
  fileprivate var fits: [LawFit] { fit.laws.compactMap { try? $0.get() } }
}

extension [ModelLaws] {
  /// Returns the fitted laws with their predictions and sentences about them; `nil` if none could be fitted.
  ///
  /// - Parameters:
  ///   - names: The columns of the cells that name a model.
  ///   - notes: Further sentences.
  func section(title: String, names: [Table.Column], notes: [String] = []) -> Section? {
    let fitted = filter { !$0.fits.isEmpty }
    if fitted.isEmpty { return nil }
    return Section(
      title: title, table: Self.table(of: fitted, names),
      lines: extrapolationNotes(fitted.flatMap(\.fits)) + closestSentences + refusals + notes)
  }

  /// Returns a table with a row per law of each model; the first row of a model has its name.
  private static func table(of fitted: [ModelLaws], _ names: [Table.Column]) -> Table {
    let predicted = Set(fitted.flatMap(\.fits).flatMap(\.predictions).map(\.workers)).sorted()
    let columns =
      names + [
        Table.Column("law"), Table.Column("f or α"), Table.Column("β", rank: 2),
        Table.Column("peak", rank: 4), Table.Column("limit", rank: 4),
      ]
      + predicted.enumerated().map { place, workers in
        Table.Column("speedup at \(Readable.workers(workers))", rank: place == 0 ? 1 : 3)
      }
    let rows = fitted.flatMap { laws in
      laws.fits.enumerated().map { row, fit in
        (row == 0 ? laws.cells : laws.cells.map { _ in "" })
          + [fit.law.name, cell(fit[.f] ?? fit[.alpha]), cell(fit[.beta]), cell(fit.peak), cell(fit.limit)]
          + predicted.map { workers in cell(fit.predictions.first { $0.workers == workers }) }
      }
    }
    return Table(columns: columns, rows: rows, isGrouped: true)
  }

  private static func cell(_ coefficient: LawFit.Coefficient?) -> String {
    coefficient.map {
      "\(Readable.digits($0.value)) (\(coefficientIntervalText($0.interval.lower, $0.interval.upper)))"
    } ?? "-"
  }

  private static func cell(_ estimate: LawFit.Extreme?) -> String {
    estimate.map { cell($0.value, $0.lower, $0.upper) } ?? "-"
  }

  private static func cell(_ prediction: LawFit.Prediction?) -> String {
    prediction.map {
      cell($0.speedup, $0.interval.lower, $0.interval.upper, mark: $0.isExtrapolated ? "*" : "")
    } ?? "-"
  }

  private static func cell(_ value: Double, _ lower: Double, _ upper: Double?, mark: String = "") -> String {
    "\(Readable.digits(value))\(mark) (\(intervalText(lower, upper)))"
  }
}

extension [ModelLaws] {
  /// A sentence with the law that fits each model best, and one with the models for which the data cannot tell.
  private var closestSentences: [String] {
    func names(_ isChosen: (ModelLaws) -> Bool) -> String? {
      let names = filter(isChosen).map(\.name)
      return names.isEmpty ? nil : Readable.list(names)
    }
    let parts = ScalingLaw.allCases.compactMap { law in
      names { $0.fit.closest?.law == law }.map { "\(law.name) fits \($0) best" }
    }
    let unknown = names { $0.fit.closest == nil && !$0.fits.isEmpty }
    let sentences = [
      parts.isEmpty ? nil : "\(parts.joined(separator: ", and ")).",
      unknown.map { "No law fits \($0) clearly better than the others." },
    ]
    return sentences.compactMap(\.self).map { Readable.line($0, limit: 1000) }
  }

  /// The reason that no law was fitted to any model, if all were measured with too few numbers of workers; `nil` if no
  /// model was measured with several.
  ///
  /// - Parameter cores: The cores that the laws are about.
  func shortage(upTo cores: String) -> String? {
    let fewest = ScalingLaw.allCases.map(\.fewestCounts).min() ?? 0
    guard let counts = map(\.fit.points.count).max(), counts < fewest else { return nil }
    return
      "a law needs at least \(fewest) worker counts up to \(cores), and at most \(counts) were measured"
  }

  /// The laws that could not be fitted, with the models, one sentence per reason.
  var refusals: [String] {
    let failures = flatMap { laws in
      laws.fit.laws.compactMap { law -> (name: String, error: LawFitError)? in
        guard case .failure(let error) = law else { return nil }
        return (laws.name, error)
      }
    }
    var seen: Set<LawFitError> = []
    let errors = failures.map(\.error).filter { seen.insert($0).inserted }
    let byError = Dictionary(grouping: failures, by: \.error)
    return errors.map { error in
      let names = (byError[error] ?? []).map(\.name)
      let models = names.count == count ? "" : " to \(Readable.list(names))"
      return Readable.line("Not fitted\(models): \(error)", limit: 1000)
    }
  }
}
