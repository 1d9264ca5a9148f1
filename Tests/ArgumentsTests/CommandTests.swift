import Testing

@testable import Arguments

struct CommandTests {
  @Test("options and operands come in any order and both notations")
  func ordinary() throws {
    let lines = [
      ["a", "b", "--upto", "1e3", "--workers", "1,2", "--json"],
      ["--json", "--workers=1,2", "a", "--upto=1_000", "b"],
      ["--upto", "1000", "a", "--json", "--workers", "1,2", "--", "b"],
    ]
    for line in lines {
      let arguments = try #require(try Sample.command.arguments(line))
      #expect(arguments.files == ["a", "b"])
      #expect(arguments.upTo == 1000 && arguments.workers == [1, 2] && arguments.label == nil)
      #expect(arguments.isJSON)
      #expect(arguments.given == ["upto", "workers", "json"])
    }
  }

  @Test("the values of a repeatable option are kept apart, whatever is in them")
  func repeated() throws {
    let option = Option<String>(
      "word", "WORD", .text("a word", example: "x"), isRepeatable: true, help: "a word")
    let command = Command("sample", summary: "Samples.") { line in line.values(of: option) }
    guard case .arguments(let values) = try command.parse(["--word", "a,b", "--word=c=d"])
    else { return }
    #expect(values == ["a,b", "c=d"])
  }

  @Test("no words give no values")
  func nothing() throws {
    #expect(try Sample.options.arguments([]) == Sample.Arguments())
  }

  @Test("the value after an equals sign may contain anything, even dashes and equals signs")
  func equalsSigns() throws {
    for label in ["a=b", "=", "--json", "-", "--", " "] {
      #expect(try Sample.options.arguments(["--label=\(label)"])?.label == label)
    }
  }

  @Test("a separate value may start with one dash")
  func dashes() throws {
    #expect(try Sample.options.arguments(["--label", "-x"])?.label == "-x")
    #expect(try Sample.options.arguments(["--label", "-"])?.label == "-")
  }

  @Test("words after two dashes are operands, whatever they look like")
  func twoDashes() throws {
    let arguments = try #require(try Sample.command.arguments(["--json", "--", "--json", "--"]))
    #expect(arguments.files == ["--json", "--"])
    #expect(arguments.isJSON)
    #expect(try Sample.command.arguments(["-", "--", "--help"])?.files == ["-", "--help"])
  }

  @Test(
    "help wins over any other mistake",
    arguments: [
      ["--help"], ["--nonsense", "--help"], ["--upto", "--help"], ["--upto", "-5", "--help"],
      ["a", "b", "c", "--help"], ["--json", "--json", "--help"], ["--help", "--help"],
    ])
  func help(words: [String]) throws {
    guard case .help(let text) = try Sample.command.parse(words) else {
      Issue.record("\(words) did not give help")
      return
    }
    #expect(text == Sample.command.help)
  }

  @Test("an option with one dash, three dashes or a letter too few is unknown")
  func unknownOptions() {
    expect(["--colour"], .unknownOption("--colour", nearest: nil))
    expect(["--colour=red"], .unknownOption("--colour", nearest: nil))
    expect(["--worker", "3"], .unknownOption("--worker", nearest: "workers"))
    expect(["-upto", "3"], .unknownOption("-upto", nearest: "upto"))
    expect(["---upto", "3"], .unknownOption("---upto", nearest: "upto"))
    expect(["----json"], .unknownOption("----json", nearest: "json"))
    expect(["-h"], .unknownOption("-h", nearest: nil))
    expect(["-5"], .unknownOption("-5", nearest: nil))
    expect(["--=5"], .unknownOption("--", nearest: nil))
    expect(["--JSON"], .unknownOption("--JSON", nearest: "json"))
    expect(["--json "], .unknownOption("--json ", nearest: "json"))
  }

  @Test("an option without its value is an error")
  func missingValues() {
    let missing = UsageError.missingValue(
      option: "upto", expected: "a whole number from 0 to 18446744073709551614", example: "1e10")
    expect(["--upto"], missing)
    expect(["--upto", "--json"], missing)
    expect(["--upto", "--workers", "3"], missing)
    expect(["--label", "--"], .missingValue(option: "label", expected: "a label", example: "lab"))
  }

  @Test("a negative number is a wrong value, not an unknown option")
  func negativeNumbers() {
    let problem = ValueProblem(
      word: "-5", expected: "a whole number from 0 to 18446744073709551614", remedy: "1e10")
    expect(["--upto", "-5"], .invalidValue(option: "upto", problem))
    expect(["--upto=-5"], .invalidValue(option: "upto", problem))
  }

  @Test("an empty value is a wrong value")
  func emptyValues() {
    let problem = ValueProblem(word: "", expected: "a label", remedy: "lab")
    expect(["--label="], .invalidValue(option: "label", problem))
    expect(["--label", ""], .invalidValue(option: "label", problem))
  }

  @Test("a flag takes no value, and no option may be given twice")
  func flagsAndRepetitions() {
    expect(["--json=yes"], .unexpectedValue(flag: "json"))
    expect(["--json="], .unexpectedValue(flag: "json"))
    expect(["--help=me"], .unexpectedValue(flag: "help"))
    expect(["--json", "--json"], .repeatedOption("json"))
    expect(["--upto", "1", "--upto", "1"], .repeatedOption("upto"))
    expect(["--upto=1", "--upto"], .repeatedOption("upto"))
  }

  @Test("a repeatable last operand comes one or more times")
  func repeatedOperand() throws {
    #expect(try Sample.repeated.arguments(["a", "b"])?.files == ["a", "b"])
    #expect(try Sample.repeated.arguments(["a", "b", "c", "--", "-d"])?.files == ["a", "b", "c", "-d"])
    #expect(throws: UsageError.missingWord("FILE", meaning: "other file")) {
      try Sample.repeated.parse(["a"])
    }
  }

  @Test("a repeatable option has the values of all its places, and no other may come twice")
  func repeatedOption() throws {
    let arguments = try Sample.repeated.arguments(["a", "b", "--tag", "1", "--tag=3,4", "--tag", "1"])
    #expect(arguments?.tags == [1, 3, 4])
    #expect(throws: UsageError.self) { try Sample.repeated.parse(["a", "b", "--tag", "1", "--tag", "0"]) }
    #expect(throws: UsageError.repeatedOption("label")) {
      try Sample.repeated.parse(["a", "b", "--label", "1", "--label", "2"])
    }
  }

  @Test("the number of operands is checked, and the first wrong one is reported")
  func operands() {
    expect(["x"], .unexpectedWord("x"))
    expect([""], .unexpectedWord(""))
    expect(["--", "--upto"], .unexpectedWord("--upto"))
    let file = UsageError.missingWord("FILE", meaning: "file to show")
    let other = UsageError.missingWord("OTHER", meaning: "file to compare it with")
    #expect(throws: file) { try Sample.command.parse([]) }
    #expect(throws: other) { try Sample.command.parse(["a"]) }
    #expect(throws: UsageError.unexpectedWord("c")) { try Sample.command.parse(["a", "b", "c", "d"]) }
  }

  private func expect(
    _ words: [String], _ error: UsageError, at place: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: error, sourceLocation: place) { try Sample.options.parse(words) }
  }

  @Test("an optional operand comes at most once")
  func optionalOperand() throws {
    #expect(try Sample.optional.arguments([])?.lesson == nil)
    #expect(try Sample.optional.arguments(["--json"])?.isJSON == true)
    #expect(try Sample.optional.arguments(["--json", "a"])?.lesson == "a")
    #expect(throws: UsageError.unexpectedWord("b")) { try Sample.optional.parse(["a", "b"]) }
    #expect(Sample.optional.help.hasPrefix("Usage: scaleup demo [LESSON] [options]\n"))
  }

  @Test("arguments that contradict each other are rejected, though every option is declared")
  func contradictions() throws {
    #expect(try Sample.strict.arguments(["--second"]) == true)
    #expect(throws: UsageError.other("--first contradicts --second (leave one out)")) {
      try Sample.strict.parse(["--first", "--second"])
    }
    #expect(Sample.strict.help.contains("First\n  --first   the first\n\nSecond\n  --second  the second\n"))
  }
}
