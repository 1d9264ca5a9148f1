import Records

/// A chart of rows along one horizontal axis, each with a label, marks, and a value at the end.
struct RowChart {
  /// A row.
  struct Row {
    let label: String
    /// The value at the end of the row.
    let value: String
    let marks: [Mark]
  }

  /// A shape in a row, at quantities of the axis.
  struct Mark {
    /// The kind of shape.
    enum Shape {
      /// A bar between two quantities.
      case bar(Double, Double)
      /// A round dot.
      case dot(Double)
      /// A stroke across the row.
      case stroke(Double)
    }

    let shape: Shape
    let style: String
  }

  let title: String
  let subtitle: String
  /// The content of the picture in sentences.
  let description: String
  let axis: Axis.Kind
  /// The quantities at the ends of the axis.
  let lower: Double
  let upper: Double
  /// The meaning of the colours, if they have one.
  let legend: [(name: String, style: String)]
  let rows: [Row]
  /// The height of a row.
  let rowHeight: Double
  /// Formats a quantity on the axis.
  let text: (Double) -> String

  /// The chart as a drawing; `nil` without rows.
  var drawing: Drawing? {
    if rows.isEmpty { return nil }
    let heading = Heading(title, subtitle)
    let key = key(below: heading.bottom)
    let top = heading.bottom + key.height + 18
    let bottom = top + Double(rows.count) * rowHeight
    let labelWidth = min(rows.map { TextWidth.of($0.label, size: Drawing.small) }.max() ?? 0, 130)
    let valueWidth = min(rows.map { TextWidth.of($0.value, size: Drawing.small) }.max() ?? 0, 80)
    let horizontal = Axis(
      axis, from: lower, to: upper, start: labelWidth + 16, end: Drawing.width - valueWidth - 18)
    let grid = frame(horizontal, top: top, bottom: bottom)
    return Drawing(
      title: title, description: description, height: bottom + 26,
      shapes: heading.shapes + key.shapes + grid + marks(horizontal, top: top)
        + texts(top: top, labelWidth: labelWidth, valueWidth: valueWidth))
  }

  /// Returns the vertical grid lines, with their numbers at both ends.
  private func frame(_ horizontal: Axis, top: Double, bottom: Double) -> [Markup] {
    var free = -Double.infinity
    var lines = ""
    var labels: [Markup] = []
    for value in horizontal.ticks(about: 6) {
      let (x, label) = (horizontal.place(value), text(value))
      lines += "M\(Markup.coordinate(x)) \(Markup.coordinate(top))V\(Markup.coordinate(bottom))"
      let half = TextWidth.of(label, size: Drawing.small) / 2
      guard x - half > free else { continue }
      free = x + half + 10
      labels += [top - 6, bottom + 16].map { .label(label, at: Point(x: x, y: $0)) }
    }
    let zero = lower <= 0 ? horizontal.place(0) : horizontal.start
    return [
      .element("path", ["class": "grid", "d": lines]),
      .line(Point(x: zero, y: top), Point(x: zero, y: bottom), class: "axis"),
      .element("g", ["class": "quiet small", "text-anchor": "middle"], labels),
    ]
  }

  /// Returns all marks, those of one style as one shape.
  private func marks(_ horizontal: Axis, top: Double) -> [Markup] {
    var styles: [String] = []
    var paths: [String: String] = [:]
    for (position, row) in rows.enumerated() {
      let middle = top + (Double(position) + 0.5) * rowHeight
      for mark in row.marks {
        if paths[mark.style] == nil { styles.append(mark.style) }
        paths[mark.style, default: ""] += path(of: mark.shape, horizontal, middle)
      }
    }
    return styles.map { .element("path", ["class": $0, "d": paths[$0]]) }
  }

  private func path(of shape: Mark.Shape, _ horizontal: Axis, _ middle: Double) -> String {
    let number = Markup.coordinate
    switch shape {
    case .bar(let from, let to):
      let (start, end) = (horizontal.place(from), horizontal.place(to))
      let half = rowHeight * 0.4
      // Bars without width would be invisible, but add to the size of the file.
      return abs(end - start) < 0.1
        ? ""
        : "M\(number(start)) \(number(middle - half))H\(number(end))V\(number(middle + half))H\(number(start))z"
    case .dot(let value):
      return "M\(number(horizontal.place(value))) \(number(middle))h0"
    case .stroke(let value):
      let half = rowHeight * 0.4
      return "M\(number(horizontal.place(value))) \(number(middle - half))V\(number(middle + half))"
    }
  }

  /// Returns labels and values, only of every few rows if the rows are too low for text.
  private func texts(top: Double, labelWidth: Double, valueWidth: Double) -> [Markup] {
    let step = max(1, Int((15 / rowHeight).rounded(.up)))
    let read = rows.enumerated().filter { $0.offset % step == 0 }
    func column(_ text: KeyPath<Row, String>, width: Double, at x: Double, style: String) -> Markup {
      let lines = read.map { position, row in
        Markup.label(
          TextWidth.fit(row[keyPath: text], into: width, size: Drawing.small),
          at: Point(x: x, y: top + (Double(position) + 0.5) * rowHeight + 4))
      }
      return .element("g", ["class": style, "text-anchor": "end"], lines)
    }
    return [
      column(\.label, width: labelWidth, at: labelWidth + 6, style: "small"),
      column(\.value, width: valueWidth, at: Drawing.width - 4, style: "quiet small"),
    ]
  }

  /// The legend: a square and a word per colour, on as many lines as necessary.
  private func key(below top: Double) -> (shapes: [Markup], height: Double) {
    var (x, y) = (4.0, top + 2)
    var shapes: [Markup] = []
    for entry in legend {
      let width = TextWidth.of(entry.name, size: Drawing.small) + 28
      if x + width > Drawing.width {
        (x, y) = (4, y + 16)
      }
      shapes += [
        .rectangle(Point(x: x, y: y - 9), Point(x: x + 10, y: y + 1), class: entry.style),
        .label(entry.name, at: Point(x: x + 14, y: y), class: "small"),
      ]
      x += width
    }
    return (shapes, legend.isEmpty ? 0 : y - top + 8)
  }
}
