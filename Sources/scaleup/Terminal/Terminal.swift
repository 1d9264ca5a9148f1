import FoundationEssentials
import Platform
import Report

/// What the streams of this process can show, and what is shown on standard error.
enum Terminal {
  /// How text is set on standard output.
  static var outputStyle: TextStyle {
    guard let size = StandardStream.output.terminalSize else { return TextStyle() }
    return TextStyle(width: size.columns, isBold: obeysCodes && isColoured)
  }

  /// The size of the terminal that shows standard error, if one does and if it obeys terminal codes.
  static var progressSize: (columns: Int, rows: Int)? {
    obeysCodes ? StandardStream.error.terminalSize : nil
  }

  /// Whether text may be set in colour.
  static var isColoured: Bool { environment("NO_COLOR") == "" }

  /// Shows a text beside the result, on standard error. One that cannot be shown is no reason to stop measuring: a terminal
  /// that is stopped is passed over, and one that has gone is noticed by its signal.
  ///
  /// - Parameter milliseconds: How long to wait for a terminal that takes nothing.
  static func show(_ text: String, waiting milliseconds: Int32 = 0) {
    if !text.isEmpty, StandardStream.error.acceptsText(within: milliseconds) {
      try? StandardStream.error.write(text)
    }
  }

  private static var obeysCodes: Bool {
    !["", "dumb"].contains(environment("TERM"))
  }

  private static func environment(_ name: String) -> String {
    ProcessInfo.processInfo.environment[name] ?? ""
  }
}
