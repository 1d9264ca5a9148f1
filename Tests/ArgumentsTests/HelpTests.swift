import Testing

@testable import Arguments

struct HelpTests {
  @Test("the help has usage, purpose, operands and options")
  func golden() {
    let expected = """
      Usage: scaleup show FILE OTHER [options]

      Show what a file holds.

      Arguments
        FILE            file to show
        OTHER           file to compare it with

      Options
        --upto N        last number (default: 1e9)
        --workers LIST  worker counts
        --label TEXT    label for this machine
        --json          print JSON
        --help          show this help

      """
    #expect(Sample.command.help == expected)
  }

  @Test("a command without options of its own still offers help, and examples come last")
  func empty() {
    let plain = Command("scaleup", summary: "Do it.") { _ in () }
    #expect(plain.help == "Usage: scaleup [options]\n\nDo it.\n\n  --help  show this help\n")
    let shown = Command("scaleup", summary: "Do it.", examples: ["scaleup --help"]) { _ in () }
    #expect(
      shown.help
        == "Usage: scaleup [options]\n\nDo it.\n\nOptions\n  --help  show this help\n\nExamples\n  scaleup --help\n"
    )
  }

  @Test("help keeps within 80 columns, and a long term has a line of its own")
  func wrapping() {
    let words = Array(repeating: "word", count: 60).joined(separator: " ")
    let help = helpList([HelpEntry("a", words), HelpEntry("a-term-of-more-than-22-letters", words)])
    let lines = help.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 && !$0.hasSuffix(" ") })
    #expect(lines.contains("  a-term-of-more-than-22-letters"))
    #expect(help.split(whereSeparator: \.isWhitespace).count { $0 == "word" } == 120)
  }

  @Test("every option in the help is an option of the command")
  func complete() throws {
    for line in Sample.options.help.split(separator: "\n") where line.hasPrefix("  --") {
      let words = line.split(separator: " ").map(String.init)
      let option = try #require(words.first)
      let name = String(option.dropFirst(2))
      let isFlag = words.count > 1 && words[1].allSatisfy { !$0.isUppercase }
      if isFlag {
        #expect(throws: Never.self) { try Sample.options.parse([option]) }
      } else {
        #expect {
          try Sample.options.parse([option])
        } throws: { error in
          guard case .missingValue(name, _, _) = error as? UsageError else { return false }
          return true
        }
      }
    }
  }

  @Test("an empty list is left out, and explanations are aligned")
  func lists() {
    #expect(helpList([]) == "")
    #expect(helpList([HelpEntry("a", "x"), HelpEntry("long", "y")]) == "  a     x\n  long  y\n")
  }
}
