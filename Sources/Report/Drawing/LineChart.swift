import Formatting
import Records

/// A chart of quantities by number of workers: a mark per measurement, with the name of its series beside the last one. The marks
/// of a series are joined by a line only if every number of workers between them was measured.
struct LineChart {
  /// A measured quantity.
  struct Measure {
    let workers: Double
    let value: Double
    /// The confidence interval of the value.
    let interval: (lower: Double, upper: Double)?
  }

  /// The points of one line.
  struct Series {
    let name: String
    /// The number of the colour and mark.
    let style: Int
    /// The points, in ascending order of workers.
    let measures: [Measure]
  }

  /// A fitted law: a curve through the measurements, and dashed beyond them, with its band.
  struct Curve {
    /// The name of the law and of the series, such as `Amdahl's law, fork`.
    let name: String
    /// The number of laws that the band covers, because the data cannot tell them apart.
    let laws: Int
    /// The number of the colour.
    let style: Int
    let fitted: [(workers: Double, value: Double)]
    let extrapolated: [(workers: Double, value: Double, lower: Double, upper: Double)]
  }

  let title: String
  let subtitle: String
  /// The kind of the horizontal axis.
  let workersAxis: Axis.Kind
  let series: [Series]
  /// The points of the line with the best possible values.
  let ideal: [(workers: Double, value: Double)]
  /// The fitted law; `nil` if there is none.
  var curve: Curve?
  /// Numbers of workers at which the machine changes, with what they are, such as `32 cores`.
  var marks: [(workers: Double, name: String)] = []
  /// The names of series that coincide and are shown as one band; empty if none do.
  var tied: [String] = []
  /// Formats a quantity.
  let text: (Double) -> String

  /// The chart as a drawing; `nil` if nothing was measured. With a single number of workers, the values are bars.
  var drawing: Drawing? {
    let counts = Set(series.flatMap(\.measures).map(\.workers))
    guard let most = counts.max() else { return nil }
    if counts.count == 1 { return bars.drawing }
    let heading = Heading(title, subtitle)
    let plot = LinePlot(self, most: max(most, curve?.extrapolated.last?.workers ?? 0), top: heading.bottom)
    return Drawing(
      title: title, description: description, height: plot.height, shapes: heading.shapes + plot.shapes)
  }

  /// The values as bars.
  private var bars: RowChart {
    let measures = series.compactMap { series in
      series.measures.first.map { (name: series.name, style: series.style, measure: $0) }
    }
    let workers = measures.first?.measure.workers ?? 1
    let greatest = measures.map { max($0.measure.value, $0.measure.interval?.upper ?? 0) }.max() ?? 1
    return RowChart(
      title: title,
      subtitle: "\(subtitle); with \(Readable.count(Int(workers), "worker"))", description: description,
      axis: .linear, lower: 0, upper: greatest * 1.03, legend: [],
      rows: measures.map { name, number, measure in
        .init(
          label: name, value: text(measure.value),
          marks: [.init(shape: .bar(0, measure.value), style: "fill \(style(number))")]
            + (measure.interval.map {
              [.init(shape: .bar($0.lower, $0.upper), style: "pale")]
            } ?? []))
      }, rowHeight: 22, text: text)
  }

  private var description: String {
    let lines = series.map { series in
      let values = series.measures.map { measure in
        let range = measure.interval.map { " (\(text($0.lower)) to \(text($0.upper)))" } ?? ""
        return "\(text(measure.value))\(range) with \(Readable.count(Int(measure.workers), "worker"))"
      }
      return "\(series.name): \(values.joined(separator: ", "))."
    }
    let ties = tied.isEmpty ? [] : ["Statistically tied: \(tied.joined(separator: ", "))."]
    let law = curve.flatMap { curve in
      curve.extrapolated.last.map { last in
        "\(curve.name), extrapolated: \(text(last.value)) (\(text(last.lower)) to \(text(last.upper))) with "
          + "\(Readable.workers(last.workers)) workers."
      }
    }
    return ([subtitle + "."] + lines + ties + [law].compactMap(\.self)).joined(separator: " ")
  }
}

/// Returns the style class with the colour of a series.
func style(_ number: Int) -> String {
  "c\(number % DrawingStyle.colours)"
}

/// Returns ascending places moved apart as little as necessary, in the same order.
func spread(_ places: [Double], apart distance: Double, in range: ClosedRange<Double>) -> [Double] {
  var result = places
  for index in result.indices.dropFirst() {
    result[index] = max(result[index], result[index - 1] + distance)
  }
  var limit = range.upperBound
  for index in result.indices.reversed() {
    result[index] = min(result[index], limit)
    limit = result[index] - distance
  }
  return result
}
