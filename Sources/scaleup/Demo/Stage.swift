import Harness
import Platform
import Report

/// Shows lessons on standard output and reads answers from standard input.
final class Stage {
  private let signals: SignalPipe
  private let style = Terminal.outputStyle
  /// The source of answers; `nil` if no questions are asked.
  private var input: StandardInput?

  /// Prepares the standard streams.
  ///
  /// - Parameter asks: Whether to ask questions, if standard input is a terminal.
  init(_ signals: SignalPipe, asks: Bool) {
    self.signals = signals
    let input = StandardInput()
    self.input = asks && input.isTerminal ? input : nil
  }

  /// Shows passages, followed by an empty line.
  ///
  /// - Throws: `Interruption`, `SystemError`.
  func show(_ passages: [Passage]) throws {
    try write(text(of: passages, style: style) + "\n")
  }

  /// Asks for an answer, and once more if the first one is invalid.
  ///
  /// - Parameters:
  ///   - request: The start of the prompt.
  ///   - expected: The expected answer in words.
  ///   - nearest: Suggests a correction of an invalid answer.
  ///   - read: Reads an answer; `nil` if it is invalid.
  /// - Returns: `nil` if nobody is asked, or if no valid answer is given.
  /// - Throws: `Interruption`, `SystemError`.
  func ask<Answer>(
    _ request: String, _ expected: String, nearest: (String) -> String? = { _ in nil },
    read: (String) -> Answer?
  ) throws -> Answer? {
    var prompt = "\(request) (\(expected); Return to skip): "
    for _ in 0..<2 {
      guard let line = try line(after: prompt), !line.allSatisfy(\.isWhitespace) else { return nil }
      if let answer = read(line) { return answer }
      let hint = nearest(line).map { "; did you mean \($0)?" } ?? ""
      prompt = "Invalid answer (expected \(expected)\(hint)). Try again: "
    }
    try write("Skipped.\n\n")
    return nil
  }

  private func line(after prompt: String) throws -> String? {
    guard let input else { return nil }
    try write(prompt)
    switch try input.nextLine(orSignalOf: signals) {
    case .line(let line):
      try write("\n")
      return line
    case .signal(let number):
      // Puts the shell's prompt on its own line; if the terminal is gone, the signal still ends the lesson.
      StandardStream.output.offer("\n")
      throw Interruption(signal: number)
    case .end:
      self.input = nil
      try write("\n\n")
      return nil
    }
  }

  private func write(_ text: String) throws {
    if let signal = try StandardStream.output.write(text, orSignalOf: signals) {
      throw Interruption(signal: signal)
    }
  }
}
