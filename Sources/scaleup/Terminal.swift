import FoundationEssentials
import Platform
import Report

/// What the streams of this process can show.
enum Terminal {
  /// How text is set on standard output.
  static var outputStyle: TextStyle {
    guard let columns = StandardStream.output.terminalColumns else { return TextStyle() }
    return TextStyle(width: columns, isBold: obeysCodes && environment("NO_COLOR") == "")
  }

  /// The columns of the terminal that shows standard error, if one does and if it obeys terminal codes.
  static var progressColumns: Int? {
    obeysCodes ? StandardStream.error.terminalColumns : nil
  }

  private static var obeysCodes: Bool {
    !["", "dumb"].contains(environment("TERM"))
  }

  private static func environment(_ name: String) -> String {
    ProcessInfo.processInfo.environment[name] ?? ""
  }
}
