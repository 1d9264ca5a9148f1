import Report

/// The lines at the end of the terminal that this program repaints, as far as the terminal accepts them.
struct PaintedLines {
  private var canvas = TerminalCanvas()

  /// Replaces the lines.
  ///
  /// - Parameter columns: The width of the terminal.
  mutating func paint(_ lines: [String], columns: Int) {
    change { $0.paint(lines, columns: columns) }
  }

  /// Removes the lines.
  mutating func clear() {
    change { $0.clear(columns: Terminal.progressSize?.columns ?? 80) }
  }

  /// Forgets the lines, because something else may have been written to the terminal.
  mutating func forget() { canvas = TerminalCanvas() }

  /// Changes the canvas as far as the terminal accepts the change. After a part of it, what is on the terminal is unknown.
  private mutating func change(_ change: (inout TerminalCanvas) -> String) {
    var changed = canvas
    let text = change(&changed)
    switch Terminal.show(text) {
    case text.utf8.count: canvas = changed
    case 0: break
    default: forget()
    }
  }
}
