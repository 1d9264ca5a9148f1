import Harness
import Platform
import Report

/// Shows lessons on standard output and reads answers from standard input.
final class Stage {
  /// The attempts at an answer before the question is skipped.
  private static let attempts = 3

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

  /// Whether somebody is asked.
  var asks: Bool { input != nil }

  /// Shows passages, followed by an empty line. For a person at a terminal, they are shown in screens, each of which waits
  /// for Return.
  ///
  /// - Parameter inScreens: Whether to wait for Return after each screen (default: yes).
  /// - Throws: `Interruption`, `SystemError`.
  func show(_ passages: [Passage], inScreens: Bool = true) throws {
    let shown = text(of: passages, style: style)
    guard asks, inScreens, let rows = StandardStream.output.terminalSize?.rows else {
      return try write(shown + "\n")
    }
    let screens = Screens.split(shown, rows: rows)
    for (number, screen) in screens.enumerated() {
      try write(screen + "\n")
      if number + 1 < screens.count { try pause(before: "the rest") }
    }
  }

  /// Waits for Return, if somebody is asked.
  ///
  /// - Parameter next: The thing that Return shows.
  /// - Throws: `Interruption`, `SystemError`.
  func pause(before next: String) throws { _ = try line(after: "Return shows \(next): ") }

  /// Discards keys that were typed while nobody was asked, such as during a measurement.
  func discardTyped() { input?.discardTyped() }

  /// Asks for an answer, up to three times if it is invalid.
  ///
  /// - Parameters:
  ///   - request: The start of the prompt.
  ///   - expected: The expected answer in words.
  ///   - purpose: The purpose of Return alone (default: to skip).
  ///   - read: Reads an answer.
  /// - Returns: `nil` if nobody is asked, or if no valid answer is given.
  /// - Throws: `Interruption`, `SystemError`.
  func ask<Answer>(
    _ request: String, _ expected: String, returnTo purpose: String = "skip", read: (String) -> Reply<Answer>
  ) throws -> Answer? {
    var prompt = "\(request) (\(expected); Return to \(purpose)): "
    for _ in 0..<Self.attempts {
      guard let line = try line(after: prompt), !line.allSatisfy(\.isWhitespace) else { return nil }
      switch read(line) {
      case .answer(let answer): return answer
      case .invalid(let hint):
        prompt = "Invalid answer (expected \(expected)\(hint.map { "; \($0)" } ?? "")). Try again: "
      }
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
