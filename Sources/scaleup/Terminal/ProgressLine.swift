import Formatting
import Records

/// What is done now, on one line of the terminal that is painted over again and again. Where standard error is no
/// terminal, nothing is shown.
final class ProgressLine {
  private let columns: Int?

  /// Makes a line; a quiet one shows nothing anywhere.
  init(isQuiet: Bool) {
    columns = isQuiet ? nil : Terminal.progressSize?.columns
  }

  /// Shows a text in place of the line.
  func show(_ text: String) {
    guard let columns else { return }
    Terminal.show("\r\u{1B}[K" + Readable.line(text, limit: max(1, columns - 2)))
  }

  /// Takes the line away.
  func clear() {
    if columns != nil { Terminal.show("\r\u{1B}[K") }
  }
}
