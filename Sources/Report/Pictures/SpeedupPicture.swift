import Analysis
import Formatting
import Records

/// The rows of a workload with one kernel, drawn by number of workers.
struct KernelScale {
  private let rows: [ConfigurationAnalysis]
  private let subject: String
  private let reference: String
  private let styles: [String: Int]
  /// The fitted laws of each series.
  private let fits: [String: ScalingFit]

  /// Makes the scale of a kernel.
  ///
  /// - Parameters:
  ///   - rows: The rows with the kernel.
  ///   - styles: The style of each series.
  ///   - place: The machine's name for the title; `nil` if there is only one run.
  init(
    _ workload: WorkloadAnalysis, _ kernel: String, _ rows: [ConfigurationAnalysis], _ styles: [String: Int],
    place: String?
  ) {
    self.rows = rows.filter(\.configuration.hasSeries)
    self.styles = styles
    fits = Dictionary(
      workload.scalings.filter { $0.configuration.kernel == kernel }.map {
        ($0.configuration.seriesName, $0.fit)
      },
      uniquingKeysWith: { first, _ in first })
    reference = workload.referenceName
    subject = workload.subject(kernel: kernel, on: place)
  }

  /// Returns a chart of the speedup over `single`, or over one worker, with the ideal, the law of the fastest series, and its
  /// extrapolation to twice the cores.
  func speedupChart(on shape: CoreShape) -> LineChart {
    let series = series { row in
      row.speedup.map { ($0, row.speedupInterval.map { ($0.lower, $0.upper) }) }
    }
    let most = series.flatMap(\.measures).map(\.workers).max() ?? 1
    let corners = shape.cornerWorkers.filter { $0 < most } + [most]
    return LineChart(
      title: "Speedup: \(subject)",
      subtitle: "speedup over \(reference)\(whiskerNote(series))", workersAxis: .linear, series: series,
      ideal: corners.map { ($0, shape.ideal(at: $0)) }, curve: curve(of: series), marks: marks(shape, most),
      tied: tied(series), text: number)
  }

  /// Returns a chart of the efficiency.
  func efficiencyChart(on shape: CoreShape) -> LineChart {
    let series = series { row in
      row.efficiency.map { ($0, row.efficiencyInterval.map { ($0.lower, $0.upper) }) }
    }
    let most = series.flatMap(\.measures).map(\.workers).max() ?? 1
    let corner = shape.cornerWorkers.dropFirst().first ?? most
    let counts = Set(
      series.flatMap(\.measures).map(\.workers).filter { $0 > corner } + [1, min(corner, most), most])
    return LineChart(
      title: "Efficiency: \(subject)",
      subtitle: "speedup / workers; 1 is perfect\(whiskerNote(series))", workersAxis: .logarithmic,
      series: series, ideal: counts.sorted().map { ($0, shape.ideal(at: $0) / $0) },
      marks: marks(shape, most),
      tied: tied(series), text: number)
  }

  /// The bends of the ideal that lie among the measurements.
  private func marks(_ shape: CoreShape, _ most: Double) -> [(workers: Double, name: String)] {
    shape.bends.filter { Double($0.workers) < most }.map { bend in
      let kind = bend.kind.map { "\($0) " } ?? ""
      return (Double(bend.workers), Readable.count(bend.workers, "\(kind)core"))
    }
  }

  /// Returns the series that coincide with the fastest one: at every common number of workers, the intervals overlap. Empty
  /// if there are fewer than two.
  private func tied(_ series: [LineChart.Series]) -> [String] {
    guard let best = series.max(by: { ($0.measures.last?.value ?? 0) < ($1.measures.last?.value ?? 0) })
    else {
      return []
    }
    let known = Dictionary(best.measures.map { ($0.workers, $0) }, uniquingKeysWith: { first, _ in first })
    let tied = series.filter { other in
      let common = other.measures.compactMap { measure in known[measure.workers].map { (measure, $0) } }
      return common.count == best.measures.count && common.count > 1
        && common.allSatisfy { one, two in
          guard let one = one.interval, let two = two.interval else { return false }
          return one.lower <= two.upper && two.lower <= one.upper
        }
    }
    return tied.count > 1 ? tied.map(\.name) : []
  }

  /// Returns the law of the series with the greatest speedup: the one that is shown to fit best, or the first that fits. Its band
  /// covers all laws that the data cannot tell apart.
  private func curve(of series: [LineChart.Series]) -> LineChart.Curve? {
    guard let best = series.max(by: { ($0.measures.last?.value ?? 0) < ($1.measures.last?.value ?? 0) }),
      let fit = fits[best.name], let first = fit.points.first, let last = fit.points.last
    else { return nil }
    let fits = fit.closest.map { [$0] } ?? fit.laws.compactMap { try? $0.get() }
    guard let law = fits.first else { return nil }
    let steps = 24
    let fitted = (0...steps).map { step in
      let workers = first.workers + (last.workers - first.workers) * Double(step) / Double(steps)
      return (workers: workers, value: law.speedup(at: workers))
    }
    let further = law.extrapolation.enumerated().map { place, point in
      let bands = fits.compactMap {
        $0.extrapolation.indices.contains(place) ? $0.extrapolation[place].interval : nil
      }
      return (
        workers: point.workers, value: point.speedup, lower: bands.map(\.lower).min() ?? point.interval.lower,
        upper: bands.map(\.upper).max() ?? point.interval.upper
      )
    }
    return LineChart.Curve(
      name: "\(law.law.title), \(best.name)", laws: fits.count, style: best.style, fitted: fitted,
      extrapolated: further)
  }

  private func series(
    measure: (ConfigurationAnalysis) -> (Double, (Double, Double)?)?
  ) -> [LineChart.Series] {
    var measures: [String: [LineChart.Measure]] = [:]
    for row in rows {
      guard let (value, interval) = measure(row), value.isFinite else { continue }
      measures[row.configuration.seriesName, default: []].append(
        .init(
          workers: Double(row.configuration.workers), value: value,
          interval: interval.map { (lower: $0.0, upper: $0.1) }))
    }
    return measures.map { name, measures in
      .init(name: name, style: styles[name] ?? 0, measures: measures.sorted { $0.workers < $1.workers })
    }.sorted { $0.style < $1.style }
  }

  private func whiskerNote(_ series: [LineChart.Series]) -> String {
    series.flatMap(\.measures).contains { $0.interval != nil } ? "; bars: 95\u{a0}%\u{a0}CI" : ""
  }

  private func number(_ value: Double) -> String {
    trimmed(Readable.fixed(value, decimals: 2))
  }
}

/// Returns a number without trailing zeros after the decimal point, such as `200 ms` for `200.0 ms`.
func trimmed(_ text: String) -> String {
  let number = text.prefix { "0123456789.-".contains($0) }
  guard number.contains(".") else { return text }
  let short = number.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()
  return String(short) + text.dropFirst(number.count)
}
