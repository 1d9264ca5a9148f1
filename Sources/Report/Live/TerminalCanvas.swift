/// Lines at the end of a terminal's text that are repainted in place.
///
/// The text above the lines stays, and clearing them leaves the terminal as it was. If the terminal has become
/// narrower, the lines that it has wrapped are repainted too.
public struct TerminalCanvas: Sendable {
  private var painted: [(line: String, length: Int)] = []
  private var columns = 0

  /// Makes a canvas on which nothing is painted.
  public init() {}

  /// Returns the text to write to replace the previous lines. Lines that have not changed are not written again.
  ///
  /// - Parameters:
  ///   - lines: The new lines, each of fewer characters than there are columns.
  ///   - columns: The current width of the terminal.
  public mutating func paint(_ lines: [String], columns: Int) -> String {
    let isFresh = columns != self.columns
    let isOld = lines.enumerated().map { row, line in
      !isFresh && row < painted.count && painted[row].line == line
    }
    let texts = zip(lines, isOld).map { line, isOld in isOld ? "" : "\u{1B}[K" + line }
    let start = home(columns: columns) + (isFresh && !painted.isEmpty ? "\u{1B}[J" : "")
    // Erases the rest if there were more lines before.
    let end = painted.count > lines.count ? "\u{1B}[J" : ""
    let rest =
      isOld.last == true && end != "" ? "\u{1B}[\(painted[lines.count - 1].length)C" : ""
    let lengths = lines.indices.map { isOld[$0] ? painted[$0].length : visibleLength(lines[$0]) }
    (painted, self.columns) = (Array(zip(lines, lengths)), columns)
    return start + texts.joined(separator: "\r\n") + rest + end
  }

  /// Returns the text to write to erase the lines; empty if nothing is painted.
  public mutating func clear(columns: Int) -> String {
    if painted.isEmpty { return "" }
    let text = home(columns: columns) + "\u{1B}[J"
    painted = []
    return text
  }

  /// Returns the codes that move the cursor to the beginning of the first line.
  private func home(columns: Int) -> String {
    let width = max(1, columns)
    let rows = painted.reduce(0) { $0 + max(1, ($1.length + width - 1) / width) }
    return "\r" + (rows > 1 ? "\u{1B}[\(rows - 1)A" : "")
  }
}

/// Returns the number of visible characters in a line, those outside of terminal codes.
private func visibleLength(_ line: String) -> Int {
  var (count, isInCode) = (0, false)
  for character in line {
    if character == "\u{1B}" {
      isInCode = true
    } else if isInCode {
      isInCode = !character.isLetter
    } else {
      count += 1
    }
  }
  return count
}
