import Formatting
import Records

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
