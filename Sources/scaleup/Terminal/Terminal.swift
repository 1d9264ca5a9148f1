import Platform
import Report

/// The terminal of this process, if it has one: its size, its style, and messages on standard error.
enum Terminal {
  /// The style of text on standard output.
  static var outputStyle: TextStyle {
    guard let size = StandardStream.output.terminalSize else { return TextStyle() }
    return TextStyle(width: size.columns, isBold: supportsCodes && isColoured)
  }

  /// The size of the terminal on standard error; `nil` if there is none that supports control codes.
  static var progressSize: (columns: Int, rows: Int)? {
    supportsCodes ? StandardStream.error.terminalSize : nil
  }

  /// Whether colours are allowed.
  static var isColoured: Bool { environment("NO_COLOR") == "" }

  /// Writes a text to standard error. What a stopped or slow terminal does not accept is dropped, and so are errors: they
  /// are no reason to stop measuring, and a terminal that is closed sends a signal.
  ///
  /// - Parameter nanoseconds: The time to wait for a terminal that accepts nothing.
  /// - Returns: The number of bytes written.
  @discardableResult
  static func show(_ text: String, waiting nanoseconds: UInt64 = 0) -> Int {
    StandardStream.error.offer(text, within: nanoseconds)
  }

  private static var supportsCodes: Bool {
    !["", "dumb"].contains(environment("TERM"))
  }

  private static func environment(_ name: String) -> String {
    ThisProcess.environment(name) ?? ""
  }
}
