import Formatting
import Records

/// A live status as lines for a terminal: the current activity, a bar per core, and a table of the medians so far. The
/// table is cached until it changes.
public struct LiveFrame: Sendable {
  private var table: (status: LiveStatus, width: Int, height: Int, lines: [String])?

  /// Makes a frame without a cached table.
  public init() {}

  /// Returns the lines of a status.
  ///
  /// - Parameters:
  ///   - status: The status to show.
  ///   - width: The most characters per line.
  ///   - height: The most lines. If they are too few, the table shows only the rows around the current configuration;
  ///     if that does not suffice, the cores take less space. The first line is always shown.
  ///   - isColoured: Whether to colour the bars with terminal codes.
  public mutating func lines(of status: LiveStatus, width: Int, height: Int, isColoured: Bool) -> [String] {
    var lines = [fitted(status.activity, width)]
    let cores = coreLines(status.cores, width: width, height: min(8, height - 1))
    lines += cores.map { isColoured ? "\u{1B}[36m\($0)\u{1B}[0m" : $0 }
    // A table needs room for its titles and one row.
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

/// Returns a bar per core in as many columns as necessary, or one character per core if there is too little room.
private func coreLines(_ cores: [LiveStatus.Core], width: Int, height: Int) -> [String] {
  if cores.isEmpty || height < 1 { return [] }
  let digits = cores.map { "\($0.number)".count }.max() ?? 1
  // "12 " before the bar, " 100 %" after it, and two spaces between columns.
  let frame = digits + 7
  for columns in 1...max(1, cores.count) {
    let bar = min(40, (width - 2 * (columns - 1)) / columns - frame)
    if bar < 6 { break }
    let rows = (cores.count + columns - 1) / columns
    if rows > height { continue }
    return (0..<rows).map { row in
      stride(from: row, to: cores.count, by: rows).map { cell(cores[$0], digits: digits, bar: bar) }
        .joined(separator: "  ")
    }
  }
  return sketch(cores, width: width, height: height)
}

private func cell(_ core: LiveStatus.Core, digits: Int, bar: Int) -> String {
  let busy = clamped(core.utilization)
  let percent = Readable.fixed(100 * busy, decimals: 0)
  let filled = Int((busy * Double(bar)).rounded())
  return padded("\(core.number)", to: digits) + " " + String(repeating: "█", count: filled)
    + String(repeating: "░", count: bar - filled) + padded(percent, to: 4) + " %"
}

/// Returns a character per core, higher for a busier core, as many as fit.
private func sketch(_ cores: [LiveStatus.Core], width: Int, height: Int) -> [String] {
  let steps = Array("▁▂▃▄▅▆▇█")
  let signs = cores.map { steps[min(steps.count - 1, Int(clamped($0.utilization) * Double(steps.count)))] }
  let rowLength = max(1, width)
  return stride(from: 0, to: signs.count, by: rowLength).prefix(height).map { start in
    String(signs[start..<min(start + rowLength, signs.count)])
  }
}

/// Returns the table of the medians so far: all rows, or as many around the current one as fit.
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
        position == status.current ? "▸" : " ", row.configuration.workName, row.configuration.model,
        row.configuration.kernel, "\(row.configuration.workers)", "\(row.trials)", median(of: row),
      ]
    })
  return table.lines(width: width).map { fitted($0, width) }
}

private func median(of row: LiveStatus.Row) -> String {
  guard let median = row.median else { return "-" }
  return row.configuration.hasFixedAmount || row.configuration.traffic != nil
    ? Readable.duration(nanoseconds: median) : "\(Readable.large(median))/s"
}

/// Returns a text on one line, with `…` if it is cut off.
private func fitted(_ text: String, _ width: Int) -> String {
  let line = Readable.line(text)
  return line.count <= width ? line : String((line.prefix(max(0, width - 1)) + "…").prefix(max(0, width)))
}

private func clamped(_ part: Double) -> Double { min(max(part, 0), 1) }

private func padded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
