import Harness
import Platform
import Report

/// Where lessons are shown, and where learners answer.
final class Stage {
  private let signals: SignalPipe
  private let style = Terminal.outputStyle
  /// Where answers come from; `nil` where nobody is asked.
  private var input: StandardInput?

  /// Prepares the standard streams.
  ///
  /// - Parameter asks: Whether anybody is asked, if there is a person at a terminal.
  init(_ signals: SignalPipe, asks: Bool) {
    self.signals = signals
    let input = StandardInput()
    self.input = asks && input.isTerminal ? input : nil
  }

  /// Shows passages, and an empty line behind them.
  ///
  /// - Throws: `SystemError`.
  func show(_ passages: [Passage]) throws(SystemError) {
    try StandardStream.output.write(text(of: passages, style: style) + "\n")
  }

  /// Asks; `nil` where nobody is there, or nothing was answered that could be read, of which there are two tries.
  ///
  /// - Parameters:
  ///   - request: What is wanted, for the prompt.
  ///   - expected: What kind of answer is.
  ///   - nearest: What may have been meant by one that could not be read.
  ///   - read: Reads an answer.
  /// - Throws: `Interruption`, `SystemError`.
  func ask<Answer>(
    _ request: String, _ expected: String, nearest: (String) -> String? = { _ in nil },
    read: (String) -> Answer?
  ) throws -> Answer? {
    var prompt = "\(request), \(expected), or Return to pass: "
    for _ in 0..<2 {
      guard let line = try line(after: prompt), !line.allSatisfy(\.isWhitespace) else { return nil }
      if let answer = read(line) { return answer }
      let hint = nearest(line).map { "; did you mean \($0)? " } ?? ". "
      prompt = "That is not \(expected)\(hint)Once more: "
    }
    try StandardStream.output.write("Passed over.\n\n")
    return nil
  }

  private func line(after prompt: String) throws -> String? {
    guard let input else { return nil }
    try StandardStream.output.write(prompt)
    switch try input.nextLine(orSignalOf: signals) {
    case .line(let line):
      try StandardStream.output.write("\n")
      return line
    case .signal(let number):
      // The shell's prompt has a line of its own; a terminal that has gone is no other reason to end.
      try? StandardStream.output.write("\n")
      throw Interruption(signal: number)
    case .end:
      self.input = nil
      try StandardStream.output.write("\n\n")
      return nil
    }
  }
}
