import TestSupport
import Testing

@testable import Arguments

struct CommandFuzzTests {
  private let words = [
    "--upto", "--workers", "--label", "--json", "--help", "--", "-", "", "=", "--=", "--upto=5", "--upto=",
    "--workers=1,2", "--workers=,", "--json=1", "--label==", "5", "-5", "1e10", "1e99", "1,2,,3", "file",
    "-x",
    "---upto", "--uptp", "--wörkers", "\u{0}", "\u{1B}[2J", "\r\n", "--\n", "🚀", "e\u{301}",
    "--label=\u{2028}",
    "18446744073709551615", "--label=x",
  ]
  private let pieces = [
    "-", "--", "=", "upto", "json", "e", "1", "_", ",", ".", "\u{301}", "\n", "字", "\u{FEFF}",
  ]

  @Test("any list of words gives valid values or a one-line error")
  func randomWords() {
    var generator = SplitMix64(seed: 27)
    var (accepted, refused) = (0, 0)
    for round in 0..<20_000 {
      let line = (0..<Int.random(in: 0...5, using: &generator)).map { _ in word(&generator) }
      let command = round.isMultiple(of: 2) ? Sample.command : Sample.options
      switch Result(catching: { () throws(UsageError) in try command.arguments(line) }) {
      case .success(let arguments):
        accepted += 1
        if let arguments, !isSound(arguments, operands: round.isMultiple(of: 2) ? 2 : 0) {
          Issue.record("\(line) gave \(arguments)")
        }
      case .failure(let error):
        refused += 1
        let message = error.message(for: command.name)
        if message.isEmpty || !isPlainLine(message) { Issue.record("\(line) gave '\(message)'") }
      }
    }
    #expect(accepted > 1000 && refused > 1000, "the words are no mixture any more")
  }

  /// Whether every option that was given has a value, and the operands are as many as they must be.
  private func isSound(_ arguments: Sample.Arguments, operands: Int) -> Bool {
    arguments.files.count == operands
      && arguments.given.contains("upto") == (arguments.upTo != nil)
      && arguments.given.contains("workers") == (arguments.workers != nil)
      && arguments.workers != []
      && arguments.given.contains("label") == (arguments.label != nil)
      && arguments.given.contains("json") == arguments.isJSON
  }

  private func word(_ generator: inout SplitMix64) -> String {
    if Int.random(in: 0..<4, using: &generator) > 0 { return words.randomElement(using: &generator) ?? "" }
    let length = Int.random(in: 1...4, using: &generator)
    return (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }
}
