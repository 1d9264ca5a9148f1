import Testing

@testable import Arguments

struct HelpTests {
  @Test("the help has usage, purpose, operands and options")
  func golden() {
    let expected = """
      usage: scaleup show FILE OTHER [options]

      show what a file holds

        FILE            the file to show
        OTHER           the file to compare it with
        --upto N        the last number
        --workers LIST  how many workers
        --label TEXT    a name
        --json          print JSON
        --help          show this help

      """
    #expect(Sample.command.help == expected)
  }

  @Test("a command without options still has --help")
  func empty() {
    let expected = "usage: scaleup [options]\n\ndo it\n\n  --help  show this help\n"
    #expect(Command("scaleup", summary: "do it").help == expected)
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
        #expect(throws: UsageError.missingValue(option: name, placeholder: words[1])) {
          try Sample.options.parse([option])
        }
      }
    }
  }

  @Test("an empty list is left out, and explanations are aligned")
  func lists() {
    #expect(helpList([]) == "")
    #expect(helpList([("a", "x"), ("long", "y")]) == "  a     x\n  long  y\n")
  }
}
