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
      switch Result(catching: { () throws(UsageError) in try command.parse(line) }) {
      case .success(let matches):
        accepted += 1
        if !isSound(matches, command) { Issue.record("\(line) gave \(matches)") }
      case .failure(let error):
        refused += 1
        let message = error.message(for: command.name)
        if message.isEmpty || !isPlainLine(message) { Issue.record("\(line) gave '\(message)'") }
      }
    }
    #expect(accepted > 1000 && refused > 1000, "the words are no mixture any more")
  }

  /// Whether values can be read, and operands are as many as they must be, unless help was asked for.
  private func isSound(_ matches: Matches, _ command: Command) -> Bool {
    if matches.has(.help) { return matches == Matches(flags: ["help"]) }
    return matches.operands.count == command.operands.count
      && (matches.values["upto"] == nil) == (matches.value(of: Sample.upTo) == nil)
      && (matches.values["workers"] == nil) == (matches.value(of: Sample.workers) == nil)
      && matches.value(of: Sample.workers) != []
      && (matches.values["label"] == nil) == (matches.value(of: Sample.label) == nil)
      && matches.flags.isSubset(of: ["json"])
  }

  private func word(_ generator: inout SplitMix64) -> String {
    if Int.random(in: 0..<4, using: &generator) > 0 { return words.randomElement(using: &generator) ?? "" }
    let length = Int.random(in: 1...4, using: &generator)
    return (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }
}
