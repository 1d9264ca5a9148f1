import Analysis
import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// Messages for people on standard error, apart from the result.
struct Notes {
  let isQuiet: Bool

  static let quiet = Flag("quiet", help: "print only the result, without progress and notes")

  func say(_ lines: [String]) {
    if isQuiet { return }
    let style = TextStyle(width: StandardStream.error.terminalSize?.columns)
    let text = lines.flatMap { style.wrapped(Readable.line($0)) }
    Terminal.show(text.map { $0 + "\n" }.joined(), waiting: 500_000_000)
  }

  /// Prints warnings about disturbances of measurements, and records them in the host information.
  ///
  /// - Parameter others: Warnings that do not follow from the host information.
  func warn(of passport: inout Passport, mostWorkers: Int?, others: [String] = []) {
    let warnings = warnings(of: passport, mostWorkers: mostWorkers) + others
    passport.warnings = warnings
    say(warnings.map { "warning: \($0)" })
  }
}

/// A line on the terminal that shows the current activity and is repainted in place. Nothing is shown if standard error is
/// not a terminal.
final class ProgressLine {
  private let columns: Int?

  /// Makes a line; a quiet one shows nothing.
  init(isQuiet: Bool) {
    columns = isQuiet ? nil : Terminal.progressSize?.columns
  }

  /// Whether the line is shown.
  var isShown: Bool { columns != nil }

  /// Replaces the text of the line.
  func show(_ text: String) {
    guard let columns else { return }
    Terminal.show("\r\u{1B}[K" + Readable.line(text, limit: max(1, columns - 2)))
  }

  /// Removes the line.
  func clear() {
    if columns != nil { Terminal.show("\r\u{1B}[K") }
  }
}
