@testable import Arguments

/// A command with something of everything.
enum Sample {
  static let upTo = Option<UInt64>(
    "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e10"), help: "the last number")
  static let workers = Option<[Int]>(
    "workers", "LIST", Reader<Int>.count(in: 1...64, example: "4").list(), help: "how many workers")
  static let label = Option<String>("label", "TEXT", .text("a label", example: "lab"), help: "a name")
  static let json = Flag("json", help: "print JSON")

  static let command = Command(
    "scaleup show", summary: "show what a file holds",
    operands: [.init("FILE", help: "the file to show"), .init("OTHER", help: "the file to compare it with")],
    options: [upTo.syntax, workers.syntax, label.syntax, json.syntax])

  /// One whose last word and one of whose options may come several times.
  static let repeated = Command(
    "scaleup compare", summary: "compare files",
    operands: [
      .init("BASELINE", help: "the first file"), .init("FILE", help: "another file", isRepeated: true),
    ],
    options: [tag.syntax, label.syntax])
  static let tag = Option<[Int]>(
    "tag", "N", Reader<Int>.count(in: 1...64, example: "4").list(), isRepeatable: true, help: "some numbers")

  /// One whose word may be left out.
  static let optional = Command(
    "scaleup demo", summary: "teach", operands: [.init("LESSON", help: "which", isOptional: true)],
    options: [json.syntax])

  /// The same without operands.
  static let options = Command(
    "scaleup list", summary: "list", options: [upTo.syntax, workers.syntax, label.syntax, json.syntax])
}
