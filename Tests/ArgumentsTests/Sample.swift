@testable import Arguments

/// Commands with something of everything.
enum Sample {
  /// The arguments of a command with two operands and four options.
  struct Arguments: Equatable {
    var files: [String] = []
    var upTo: UInt64?
    var workers: [Int]?
    var label: String?
    var isJSON = false
    var given: Set<String> = []

    static func options(_ line: inout ArgumentLine) -> Arguments {
      var arguments = Arguments()
      arguments.upTo = line.value(
        of: Option(
          "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e10"),
          help: "last number (default: 1e9)"))
      arguments.workers = line.value(
        of: Option(
          "workers", "LIST", Reader<Int>.count(in: 1...64, example: "4").list(), help: "worker counts"))
      arguments.label = line.value(
        of: Option("label", "TEXT", .text("a label", example: "lab"), help: "label for this machine"))
      arguments.isJSON = line.has(Flag("json", help: "print JSON"))
      arguments.given = line.given
      return arguments
    }
  }

  static let command = Command("scaleup show", summary: "Show what a file holds.") { line in
    let files = [
      line.operand("FILE", help: "file to show"), line.operand("OTHER", help: "file to compare it with"),
    ]
    var arguments = Arguments.options(&line)
    arguments.files = files
    return arguments
  }

  /// The same options without operands.
  static let options = Command("scaleup list", summary: "List.") { line in Arguments.options(&line) }

  /// A command whose last operand and one of whose options may be repeated.
  static let repeated = Command("scaleup compare", summary: "Compare files.") { line in
    (
      files: [line.operand("BASELINE", help: "first file")] + line.operands("FILE", help: "other file"),
      tags: line.value(
        of: Option(
          "tag", "N", Reader<Int>.count(in: 1...64, example: "4").list(), isRepeatable: true, help: "numbers")
      ),
      label: line.value(of: Option<String>("label", "TEXT", .text("a label", example: "lab"), help: "label"))
    )
  }

  /// A command whose operand may be left out.
  static let optional = Command("scaleup demo", summary: "Teach.") { line in
    (
      lesson: line.optionalOperand("LESSON", help: "lesson to show"),
      isJSON: line.has(Flag("json", help: "print JSON"))
    )
  }

  /// A command that rejects what contradicts itself.
  static let strict = Command("scaleup strict", summary: "Be strict.") {
    (line: inout ArgumentLine) throws(UsageError) -> Bool in
    line.group("First")
    let first = line.has(Flag("first", help: "the first"))
    line.group("Second")
    let second = line.has(Flag("second", help: "the second"))
    if first, second { throw .other("--first contradicts --second (leave one out)") }
    return first || second
  }
}

extension Command {
  /// The arguments that words are parsed into; `nil` if they ask for help.
  func arguments(_ words: [String]) throws(UsageError) -> Arguments? {
    guard case .arguments(let arguments) = try parse(words) else { return nil }
    return arguments
  }
}
