import Formatting
import Records

/// A status as lines for a terminal: what is done now, a bar for every core, and a table of the medians so far. The
/// table is made anew only when it changes, which is seldom.
public struct LiveFrame: Sendable {
  private var table: (status: LiveStatus, width: Int, height: Int, lines: [String])?

  /// Makes a frame.
  public init() {}

  /// The lines of a status.
  ///
  /// - Parameters:
  ///   - status: What there is to see.
  ///   - width: The most characters in a line.
  ///   - height: The most lines. Where it is too small the table shows what is around the current configuration, then
  ///     the cores take less place, and the first line is always there.
  ///   - isColoured: Whether bars are set in colour with terminal codes.
  public mutating func lines(of status: LiveStatus, width: Int, height: Int, isColoured: Bool) -> [String] {
    var lines = [fitted(status.activity, width)]
    let cores = coreLines(status.cores, width: width, height: min(8, height - 1))
    lines += cores.map { isColoured ? "\u{1B}[36m\($0)\u{1B}[0m" : $0 }
    // A table of a title and one row says something; less does not.
    let left = height - lines.count - 1
    if left >= 2, !status.rows.isEmpty { lines += [""] + tableLines(of: status, width: width, height: left) }
    return Array(lines.prefix(max(1, height)))
  }

  private mutating func tableLines(of status: LiveStatus, width: Int, height: Int) -> [String] {
    if let table, table.width == width, table.height == height, table.status.current == status.current,
      table.status.rows == status.rows
    {
      return table.lines
    }
    let lines = medianLines(of: status, width: width, height: height)
    table = (status, width, height, lines)
    return lines
  }
}

/// A bar for every core in as many columns as it takes; one character for each where that is too much.
private func coreLines(_ cores: [Double], width: Int, height: Int) -> [String] {
  if cores.isEmpty || height < 1 { return [] }
  let digits = "\(cores.count - 1)".count
  // "12 " before the bar, " 100 %" behind it, and two spaces between columns.
  let frame = digits + 7
  for columns in 1...max(1, cores.count) {
    let bar = min(40, (width - 2 * (columns - 1)) / columns - frame)
    if bar < 6 { break }
    let rows = (cores.count + columns - 1) / columns
    if rows > height { continue }
    return (0..<rows).map { row in
      stride(from: row, to: cores.count, by: rows).map { core in
        cell(core, cores[core], digits: digits, bar: bar)
      }.joined(separator: "  ")
    }
  }
  return sketch(cores, width: width, height: height)
}

private func cell(_ core: Int, _ busy: Double, digits: Int, bar: Int) -> String {
  let (number, percent) = ("\(core)", Readable.fixed(100 * clamped(busy), decimals: 0))
  let filled = Int((clamped(busy) * Double(bar)).rounded())
  return padded(number, to: digits) + " " + String(repeating: "█", count: filled)
    + String(repeating: "░", count: bar - filled) + padded(percent, to: 4) + " %"
}

/// A character for every core, the higher the busier; as many as there is place for.
private func sketch(_ cores: [Double], width: Int, height: Int) -> [String] {
  let steps = Array("▁▂▃▄▅▆▇█")
  let signs = cores.map { steps[min(steps.count - 1, Int(clamped($0) * Double(steps.count)))] }
  let rowLength = max(1, width)
  return stride(from: 0, to: signs.count, by: rowLength).prefix(height).map { start in
    String(signs[start..<min(start + rowLength, signs.count)])
  }
}

/// The medians so far: all of them, or as many around the current one as there is place for.
private func medianLines(of status: LiveStatus, width: Int, height: Int) -> [String] {
  let count = min(status.rows.count, height - 1)
  let first = max(0, min((status.current ?? 0) - count / 2, status.rows.count - count))
  let shown = status.rows[first..<first + count]
  let columns = [("", 0), ("workload", 1), ("model", 0), ("kernel", 2)].map {
    Table.Column($0, rank: $1, isText: true)
  }
  let table = Table(
    columns: columns + [
      Table.Column("workers"), Table.Column("trials", rank: 3), Table.Column("median so far"),
    ],
    rows: shown.indices.map { position in
      let row = status.rows[position]
      return [
        position == status.current ? "▸" : " ", row.configuration.workload, row.configuration.model,
        row.configuration.kernel, "\(row.configuration.workers)", "\(row.trials)", median(of: row),
      ]
    })
  return table.lines(width: width).map { fitted($0, width) }
}

private func median(of row: LiveStatus.Row) -> String {
  guard let median = row.median else { return "-" }
  return row.configuration.upTo == nil
    ? "\(Readable.large(median))/s" : Readable.duration(nanoseconds: median)
}

/// A text on one line, with a mark where it is cut off.
private func fitted(_ text: String, _ width: Int) -> String {
  let line = Readable.line(text)
  return line.count <= width ? line : String((line.prefix(max(0, width - 1)) + "…").prefix(max(0, width)))
}

private func clamped(_ part: Double) -> Double { min(max(part, 0), 1) }

private func padded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
