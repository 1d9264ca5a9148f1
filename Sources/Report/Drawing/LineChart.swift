import Formatting
import Records

/// A chart of quantities by number of workers: a line with marks per series, with the name of the series at its end.
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

  let title: String
  let subtitle: String
  /// The kind of the horizontal axis.
  let workersAxis: Axis.Kind
  let series: [Series]
  /// The points of the line with the best possible values.
  let ideal: [(workers: Double, value: Double)]
  /// Formats a quantity.
  let text: (Double) -> String

  /// The chart as a drawing; `nil` if nothing was measured.
  var drawing: Drawing? {
    guard let most = series.flatMap(\.measures).map(\.workers).max() else { return nil }
    let plot = Plot(self, most: most)
    return Drawing(
      title: title, description: description, height: plot.height,
      shapes: heading(title, subtitle) + plot.frame + plot.idealLine
        + series.enumerated().flatMap { plot.shapes(of: $1, at: $0) } + plot.names)
  }

  private var description: String {
    let lines = series.map { series in
      let values = series.measures.map { measure in
        let range = measure.interval.map { " (\(text($0.lower)) to \(text($0.upper)))" } ?? ""
        return "\(text(measure.value))\(range) with \(Readable.count(Int(measure.workers), "worker"))"
      }
      return "\(series.name): \(values.joined(separator: ", "))."
    }
    return ([subtitle + "."] + lines).joined(separator: " ")
  }
}

/// Returns the title and subtitle above a chart.
func heading(_ title: String, _ subtitle: String) -> [Markup] {
  let width = Drawing.width - 8
  return [
    .label(TextWidth.fit(title, into: width), at: Point(x: 4, y: 17), class: "strong"),
    .label(TextWidth.fit(subtitle, into: width, size: 11), at: Point(x: 4, y: 34), class: "quiet small"),
  ]
}

/// The layout of a line chart.
private struct Plot {
  private static let top = 52.0

  let height: Double
  private let chart: LineChart
  private let horizontal: Axis
  private let vertical: Axis
  private let nameWidth: Double

  private var bottom: Double { vertical.start }

  init(_ chart: LineChart, most: Double) {
    self.chart = chart
    let names = chart.series.map(\.name) + (chart.ideal.isEmpty ? [] : ["ideal"])
    let bottom = Self.top + max(250, Double(names.count) * 16)
    let values = chart.series.flatMap(\.measures).flatMap { [$0.value, $0.interval?.upper ?? $0.value] }
    let greatest = (values + chart.ideal.map(\.value)).max() ?? 1
    let ticks = Axis(from: 0, to: greatest, start: bottom, end: Self.top).ticks(about: 5)
    let labelWidth = ticks.map { TextWidth.of(chart.text($0), size: 11) }.max() ?? 0
    nameWidth = min(names.map { TextWidth.of($0) }.max() ?? 0, 130)
    let left = max(30, labelWidth + 12)
    let least = chart.workersAxis == .linear ? 0 : 1.0
    horizontal = Axis(
      chart.workersAxis, from: least, to: max(most, 2), start: left + (least == 0 ? 0 : 14),
      end: Drawing.width - nameWidth - 34)
    vertical = Axis(from: 0, to: greatest * 1.02, start: bottom, end: Self.top)
    height = bottom + 44
  }

  /// The horizontal grid lines, and both axes with their numbers.
  var frame: [Markup] {
    let (left, right) = (
      horizontal.kind == .linear ? horizontal.start : horizontal.start - 14, horizontal.end
    )
    let lines = gridLines(vertical, ticks: 5, text: chart.text, from: left, to: right + 10)
    return lines + workerNumbers + [
      .label(
        "workers", at: Point(x: (left + right) / 2, y: bottom + 36), anchor: .middle, class: "quiet small")
    ]
  }

  /// The measured numbers of workers under the axis, as many as fit, the greatest first.
  private var workerNumbers: [Markup] {
    let measured = Set(chart.series.flatMap(\.measures).map(\.workers)).sorted(by: >)
    var taken = Double.infinity
    return measured.flatMap { workers -> [Markup] in
      let (x, text) = (horizontal.place(workers), Readable.workers(workers))
      let half = TextWidth.of(text, size: 11) / 2
      guard x + half + 4 < taken else { return [] }
      taken = x - half
      return [
        .line(Point(x: x, y: bottom), Point(x: x, y: bottom + 4), class: "axis"),
        .label(text, at: Point(x: x, y: bottom + 18), anchor: .middle, class: "quiet small"),
      ]
    }
  }

  var idealLine: [Markup] {
    chart.ideal.isEmpty
      ? [] : [.line(chart.ideal.map { place($0.workers, $0.value) }, class: "ideal")]
  }

  /// Returns the line of a series, its intervals and its marks.
  ///
  /// - Parameter position: The position of the series in the chart.
  func shapes(of series: LineChart.Series, at position: Int) -> [Markup] {
    let (colour, marker) = (style(series.style), Marker.allCases[series.style % Marker.allCases.count])
    let shift = shift(at: position)
    let places = series.measures.map { measure in
      Point(x: place(measure.workers, 0).x + shift, y: vertical.place(measure.value))
    }
    let whiskers = zip(series.measures, places).compactMap { measure, place in
      measure.interval.map { interval in
        Markup.line(
          Point(x: place.x, y: vertical.place(interval.lower)),
          Point(x: place.x, y: vertical.place(interval.upper)), class: "thin \(colour)")
      }
    }
    let line = places.count > 1 ? [Markup.line(places, class: "stroke \(colour)")] : []
    return whiskers + line + places.map { marker.markup(at: $0, class: "fill \(colour)") }
  }

  /// The names of the series, moved apart if they would overlap: in the margin, or beside the last mark of a series
  /// that ends earlier.
  var names: [Markup] {
    var ends = chart.series.compactMap { series in
      series.measures.last.map { last in
        (name: series.name, style: style(series.style), place: place(last.workers, last.value))
      }
    }
    if let last = chart.ideal.last {
      ends.append((name: "ideal", style: "quiet", place: place(last.workers, last.value)))
    }
    return Dictionary(grouping: ends, by: \.place.x).sorted { $0.key < $1.key }.flatMap { end, group in
      let group = group.sorted { $0.place.y < $1.place.y }
      let heights = spread(group.map(\.place.y), apart: 16, in: Self.top...bottom)
      let isLast = end >= horizontal.end - 1
      let x = isLast ? Drawing.width - nameWidth - 4 : end + 26
      return zip(group, heights).flatMap { entry, y -> [Markup] in
        [
          .line(
            Point(x: entry.place.x + 8, y: entry.place.y), Point(x: x - 4, y: y), class: "thin \(entry.style)"
          ),
          .label(TextWidth.fit(entry.name, into: nameWidth), at: Point(x: x, y: y + 4)),
        ]
      }
    }
  }

  private func place(_ workers: Double, _ value: Double) -> Point {
    Point(x: horizontal.place(workers), y: vertical.place(value))
  }

  /// Returns the horizontal shift of a series, so that the intervals of all series are visible.
  private func shift(at position: Int) -> Double {
    let middle = Double(chart.series.count - 1) / 2
    return (Double(position) - middle) * min(3, 16 / max(1, Double(chart.series.count)))
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

/// Returns the grid lines and quantities of a vertical axis.
///
/// - Parameters:
///   - count: About how many quantities are shown.
///   - text: A quantity as text.
///   - left: The left ends of the lines.
///   - right: The right ends of the lines.
func gridLines(
  _ vertical: Axis, ticks count: Int, text: (Double) -> String, from left: Double, to right: Double
) -> [Markup] {
  vertical.ticks(about: count).flatMap { value -> [Markup] in
    let y = vertical.place(value)
    return [
      .line(Point(x: left, y: y), Point(x: right, y: y), class: value == 0 ? "axis" : "grid"),
      .label(text(value), at: Point(x: left - 6, y: y + 4), anchor: .end, class: "quiet small"),
    ]
  }
}

/// Returns the grid lines and quantities of a vertical axis, and the quantities of a horizontal axis with its title below them.
///
/// - Parameters:
///   - title: The title of the horizontal axis.
///   - columns: About how many of its quantities are shown.
///   - text: A quantity of the horizontal axis as text.
///   - rows: About how many quantities of the vertical axis are shown.
func plotFrame(
  _ horizontal: Axis, _ title: String, ticks columns: Int, text: (Double) -> String, _ vertical: Axis,
  ticks rows: Int
) -> [Markup] {
  let numbers = horizontal.ticks(about: columns).map { value in
    Markup.label(
      text(value), at: Point(x: horizontal.place(value), y: vertical.start + 18), anchor: .middle,
      class: "quiet small")
  }
  let middle = Point(x: (horizontal.start + horizontal.end) / 2, y: vertical.start + 36)
  return gridLines(
    vertical, ticks: rows, text: Readable.grouped, from: horizontal.start, to: horizontal.end)
    + numbers + [.label(title, at: middle, anchor: .middle, class: "quiet small")]
}
