import FoundationEssentials
import Platform
import Report

/// What the streams of this process can show.
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

  private static var obeysCodes: Bool {
    !["", "dumb"].contains(environment("TERM"))
  }

  private static func environment(_ name: String) -> String {
    ProcessInfo.processInfo.environment[name] ?? ""
  }
}
