import Harness
import Platform
import Records

/// What is running now and how long the run will still take, on one line of the terminal that is painted over
/// again and again. Where standard error is no terminal, nothing is shown.
final class ProgressLine {
  private let columns: Int?
  private var step: RunLoop<ExecutableTrialRunner>.Step?
  private var stepBegan: UInt64 = 0

  /// Makes a line; a quiet one shows nothing anywhere.
  init(isQuiet: Bool) {
    columns = isQuiet ? nil : Terminal.progressColumns
  }

  /// Whether anything is shown.
  var isShown: Bool { columns != nil }

  /// Shows what is about to be tried.
  func begin(_ step: RunLoop<ExecutableTrialRunner>.Step) {
    self.step = step
    stepBegan = Clock.monotonic.now()
    paint()
  }

  /// Shows the line as it is now.
  func paint() {
    guard let step else { return }
    let elapsed = Double(Clock.monotonic.now() - stepBegan)
    let seconds = UInt64((min(max(0, step.timeLeft - elapsed), 1e18) / 1e9).rounded(.up))
    let configuration = step.configuration
    let padding = seconds % 60 < 10 ? "0" : ""
    show(
      "trial \(step.position + 1) of \(step.count): \(configuration.workload) \(configuration.model) "
        + "\(configuration.workers), \(seconds / 60):\(padding)\(seconds % 60) left")
  }

  /// Shows a text in place of the line.
  func show(_ text: String) {
    guard let columns else { return }
    write("\r\u{1B}[K" + Readable.line(text, limit: max(1, columns - 2)))
  }

  /// Takes the line away.
  func clear() {
    step = nil
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    // A terminal that has gone is noticed by its signal, not here.
    try? StandardStream.error.write(text)
  }
}
