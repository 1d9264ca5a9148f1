import Testing

@testable import Arguments

struct UsageErrorTests {
  @Test("every error says what is wrong, what was expected and what to do")
  func messages() {
    let problem = ValueProblem(word: "-5", expected: "a whole number", remedy: "1e10")
    let known: [(UsageError, String)] = [
      (
        .unknownOption("--worker", nearest: "workers"),
        "unknown option: '--worker' (did you mean --workers?)"
      ),
      (
        .missingValue(option: "upto", expected: "a whole number", example: "1e10"),
        "missing value for --upto (expected a whole number; try --upto 1e10)"
      ),
      (.unexpectedValue(flag: "json"), "--json takes no value (write --json alone)"),
      (.repeatedOption("json"), "--json is given twice (give it once)"),
      (
        .invalidValue(option: "upto", problem),
        "invalid value for --upto: '-5' (expected a whole number; try --upto 1e10)"
      ),
      (.unexpectedWord("now"), "unexpected argument: 'now' (see scaleup run --help)"),
      (
        .missingWord("FILE", meaning: "results file"),
        "missing argument: FILE (results file; see scaleup run --help)"
      ),
      (
        .unknownWord("rnu", kind: "command", known: ["run", "show"], nearest: "run"),
        "unknown command: 'rnu' (expected run, show; did you mean run?)"
      ),
      (
        .unknownWord("x", kind: "command", known: ["run", "show"], nearest: nil),
        "unknown command: 'x' (expected run, show; see scaleup run --help)"
      ),
      (
        .other("--this contradicts --that (leave one out)"), "--this contradicts --that (leave one out)"
      ),
    ]
    for (error, message) in known {
      #expect(error.message(for: "scaleup run") == message)
    }
  }

  @Test("an unknown option that resembles none is answered with the help")
  func unknownOption() {
    let message = UsageError.unknownOption("--zzz", nearest: nil).message(for: "scaleup run")
    #expect(message.hasPrefix("unknown option: '--zzz'"))
    #expect(message.hasSuffix("(see scaleup run --help)"))
    #expect(!message.contains("mean"))
  }

  @Test(
    "unprintable characters in a word do not reach the terminal",
    arguments: [
      "\u{1B}[31mred", "a\nb", "a\r\nb", "\u{0}", "\u{7}", "\u{7F}", "\u{85}", "\u{9B}2J", "a\u{B}b",
      "\u{2028}",
      "\u{2029}x",
    ])
  func controlCharacters(word: String) {
    for message in messages(naming: word) {
      #expect(isPlainLine(message), "\(message)")
      #expect(message.contains("\u{FFFD}"))
    }
  }

  @Test(
    "words of any script are shown unchanged", arguments: ["größe", "数", "🚀", "e\u{301}", "עברית", "'"])
  func letters(word: String) {
    for message in messages(naming: word) {
      #expect(message.contains("'\(word)'"))
    }
  }

  @Test("a long word is cut, visibly")
  func longWords() {
    for message in messages(naming: String(repeating: "x", count: 81)) {
      #expect(message.contains("'" + String(repeating: "x", count: 80) + "…'"))
    }
    for message in messages(naming: String(repeating: "x", count: 80)) {
      #expect(message.contains("'" + String(repeating: "x", count: 80) + "'"))
    }
    for message in messages(naming: "e" + String(repeating: "\u{301}", count: 100_000)) {
      #expect(message.unicodeScalars.count < 300)
    }
  }

  @Test("a usage error has the exit status 64 of sysexits.h")
  func exitStatus() {
    #expect(UsageError.exitStatus == 64)
  }

  /// The messages of every error that quotes a word from outside.
  private func messages(naming word: String) -> [String] {
    let problem = ValueProblem(word: word, expected: "a whole number", remedy: "1e10")
    let errors: [UsageError] = [
      .unknownOption(word, nearest: nil), .unknownOption(word, nearest: "upto"),
      .invalidValue(option: "upto", problem), .unexpectedWord(word),
      .unknownWord(word, kind: "workload", known: ["sum"], nearest: nil),
      .unknownWord(word, kind: "workload", known: ["sum"], nearest: "sum"),
    ]
    return errors.map { $0.message(for: "scaleup run") }
  }
}

/// Whether a text is one line without anything that steers a terminal.
func isPlainLine(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy {
    ![.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
  }
}
