import Formatting
import Records

/// The layout of a line chart.
struct LinePlot {
  private static let plotHeight = 250.0
  /// The height of a line of the legend.
  private static let legendHeight = 16.0

  let height: Double
  private let chart: LineChart
  private let horizontal: Axis
  private let vertical: Axis
  private let nameWidth: Double
  private let top: Double
  private let legendTop: Double

  private var bottom: Double { vertical.start }

  /// Lays out a chart.
  ///
  /// - Parameters:
  ///   - most: The most workers on the axis.
  ///   - top: The place below the heading.
  init(_ chart: LineChart, most: Double, top legendTop: Double) {
    self.chart = chart
    self.legendTop = legendTop
    let legend = Double(Self.legend(of: chart).reduce(0) { $0 + $1.lines.count }) * Self.legendHeight
    // The names of marks stand above the plot.
    top = legendTop + legend + (chart.marks.isEmpty ? 0 : 14)
    let names = chart.series.map(\.name) + (chart.ideal.isEmpty ? [] : ["ideal"])
    let bottom = top + max(Self.plotHeight, Double(names.count) * 16)
    let values = chart.series.flatMap(\.measures).flatMap { [$0.value, $0.interval?.upper ?? $0.value] }
    let law = chart.curve.map { $0.fitted.map(\.value) + $0.extrapolated.map(\.value) } ?? []
    let known = (values + chart.ideal.map(\.value) + law).max() ?? 1
    // A band without an upper end in sight must not flatten the measurements.
    let band = min(1.3 * known, chart.curve?.extrapolated.map(\.upper).max() ?? 0)
    let greatest = max(known, band)
    let ticks = Axis(from: 0, to: greatest, start: bottom, end: top).ticks(about: 5)
    let labelWidth = ticks.map { TextWidth.of(chart.text($0), size: Drawing.small) }.max() ?? 0
    nameWidth = min(names.map { TextWidth.of($0) }.max() ?? 0, 110)
    let left = max(30, labelWidth + 12)
    let least = chart.workersAxis == .linear ? 0 : 1.0
    horizontal = Axis(
      chart.workersAxis, from: least, to: max(most, 2), start: left + (least == 0 ? 0 : 14),
      end: Drawing.width - nameWidth - 34)
    vertical = Axis(from: 0, to: greatest * 1.02, start: bottom, end: top)
    height = bottom + 44
  }

  /// Everything below the heading.
  var shapes: [Markup] {
    legendShapes + frame + markLines + idealLine + bandOfTied + curveShapes
      + chart.series.enumerated().flatMap { shapes(of: $1, at: $0) } + names
  }

  /// The entries of the legend: the style of the sample, and the text in lines.
  private static func legend(of chart: LineChart) -> [(style: String, lines: [String])] {
    func lines(_ text: String) -> [String] {
      TextWidth.lines(text, into: Drawing.width - 30, size: Drawing.small, most: 3)
    }
    let tied =
      chart.tied.isEmpty ? [] : [("band", lines("statistically tied: \(Readable.list(chart.tied))"))]
    let curve = chart.curve.map { curve in
      let further =
        curve.extrapolated.isEmpty
        ? ""
        : "; dashed: extrapolated to twice the cores, with 95 % CI\(curve.laws > 1 ? " of every law that fits" : "")"
      return ("stroke \(style(curve.style))", lines(curve.name + further))
    }
    return tied + [curve].compactMap(\.self)
  }

  private var legendShapes: [Markup] {
    var y = legendTop
    return Self.legend(of: chart).flatMap { entry -> [Markup] in
      let sample =
        entry.style == "band"
        ? Markup.rectangle(Point(x: 4, y: y - 9), Point(x: 18, y: y + 1), class: "band")
        : Markup.line(Point(x: 4, y: y - 4), Point(x: 18, y: y - 4), class: entry.style)
      let texts = entry.lines.enumerated().map { row, line in
        Markup.label(line, at: Point(x: 24, y: y + Self.legendHeight * Double(row)), class: "small")
      }
      y += Self.legendHeight * Double(entry.lines.count)
      return [sample] + texts
    }
  }

  /// The horizontal grid lines, and both axes with their numbers.
  private var frame: [Markup] {
    let (left, right) = (
      horizontal.kind == .linear ? horizontal.start : horizontal.start - 14, horizontal.end
    )
    let lines = gridLines(vertical, ticks: 5, text: chart.text, from: left, to: right + 10)
    return lines + workerNumbers + [
      .label(
        "workers", at: Point(x: (left + right) / 2, y: bottom + 36), anchor: .middle, class: "quiet small")
    ]
  }

  /// The measured numbers of workers under the axis, and the greatest one that is extrapolated, as many as fit, the greatest
  /// first.
  private var workerNumbers: [Markup] {
    let further = chart.curve?.extrapolated.last.map { [$0.workers] } ?? []
    let measured = Set(chart.series.flatMap(\.measures).map(\.workers) + further).sorted(by: >)
    var taken = Double.infinity
    return measured.flatMap { workers -> [Markup] in
      let (x, text) = (horizontal.place(workers), Readable.workers(workers))
      let half = TextWidth.of(text, size: Drawing.small) / 2
      guard x + half + 4 < taken else { return [] }
      taken = x - half
      return [
        .line(Point(x: x, y: bottom), Point(x: x, y: bottom + 4), class: "axis"),
        .label(text, at: Point(x: x, y: bottom + 18), anchor: .middle, class: "quiet small"),
      ]
    }
  }

  /// The lines at which the machine changes, with their names above the plot.
  private var markLines: [Markup] {
    let places = chart.marks.map { horizontal.place($0.workers) }
    let middles = TextWidth.middles(of: chart.marks.map(\.name), at: places, size: Drawing.small)
    return zip(chart.marks, zip(places, middles)).flatMap { mark, place -> [Markup] in
      let (x, middle) = place
      return [
        .line(Point(x: x, y: top), Point(x: x, y: bottom), class: "mark"),
        .label(mark.name, at: Point(x: middle, y: top - 5), anchor: .middle, class: "quiet small"),
      ]
    }
  }

  private var idealLine: [Markup] {
    chart.ideal.isEmpty
      ? [] : [.line(chart.ideal.map { place($0.workers, $0.value) }, class: "ideal")]
  }

  /// The band of the series that coincide: at each number of workers from their least lower end to their greatest upper one.
  private var bandOfTied: [Markup] {
    let measures = chart.series.filter { chart.tied.contains($0.name) }.flatMap(\.measures)
    let counts = Set(measures.map(\.workers)).sorted()
    let ends = counts.map { count -> (lower: Point, upper: Point) in
      let own = measures.filter { $0.workers == count }
      let lower = own.map { $0.interval?.lower ?? $0.value }.min() ?? 0
      let upper = own.map { $0.interval?.upper ?? $0.value }.max() ?? 0
      return (place(count, lower), place(count, upper))
    }
    if ends.count < 2 { return [] }
    return [.area(ends.map(\.upper) + ends.reversed().map(\.lower), class: "band")]
  }

  /// The fitted law through the measurements; beyond them dashed, with its band.
  private var curveShapes: [Markup] {
    guard let curve = chart.curve else { return [] }
    let colour = style(curve.style)
    let fitted = curve.fitted.map { place($0.workers, $0.value) }
    let further = curve.extrapolated.map { place($0.workers, $0.value) }
    let uppers = curve.extrapolated.map { place($0.workers, $0.upper) }
    let lowers = curve.extrapolated.map { place($0.workers, $0.lower) }
    return (further.count > 1 ? [.area(uppers + lowers.reversed(), class: "band \(colour)")] : [])
      + (fitted.count > 1 ? [.line(fitted, class: "stroke \(colour)")] : [])
      + (further.count > 1 ? [.line(further, class: "dash \(colour)")] : [])
  }

  /// Returns the line of a series if every number of workers between its ends was measured, its intervals and its marks.
  ///
  /// - Parameter position: The position of the series in the chart.
  private func shapes(of series: LineChart.Series, at position: Int) -> [Markup] {
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
    let isComplete = zip(series.measures, series.measures.dropFirst()).allSatisfy {
      $1.workers - $0.workers <= 1
    }
    let isJoined = places.count > 1 && isComplete && !chart.tied.contains(series.name)
    return whiskers + (isJoined ? [.line(places, class: "stroke \(colour)")] : [])
      + places.map { marker.markup(at: $0, class: "fill \(colour)") }
  }

  /// The names of the series, moved apart if they would overlap: in the margin, or beside the last mark of a series
  /// that ends earlier.
  private var names: [Markup] {
    var ends = chart.series.compactMap { series in
      series.measures.last.map { last in
        (name: series.name, style: style(series.style), place: place(last.workers, last.value))
      }
    }
    if let last = chart.ideal.last {
      ends.append((name: "ideal", style: "quiet", place: place(last.workers, last.value)))
    }
    // An extrapolated curve and its band take the place beside the last marks, and a name must not reach those in the margin.
    let isOneGroup =
      chart.curve?.extrapolated.isEmpty == false
      || ends.contains { end in
        let right = end.place.x + 26 + min(nameWidth, TextWidth.of(end.name))
        return end.place.x < horizontal.end - 1 && right > horizontal.end
      }
    return Dictionary(grouping: ends) { isOneGroup ? horizontal.end : $0.place.x }.sorted { $0.key < $1.key }
      .flatMap { end, group in
        let group = group.sorted { $0.place.y < $1.place.y }
        let heights = spread(group.map(\.place.y), apart: 16, in: top...bottom)
        let isLast = end >= horizontal.end - 1
        let x = isLast ? Drawing.width - nameWidth - 4 : end + 26
        return zip(group, heights).flatMap { entry, y -> [Markup] in
          [
            .line(
              Point(x: entry.place.x + 8, y: entry.place.y), Point(x: x - 4, y: y),
              class: "thin \(entry.style)"),
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
