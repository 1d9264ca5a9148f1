import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// `scaleup demo`: shows lessons, each a question, a guess, measurements and an explanation.
enum DemoCommand: Subcommand {
  private static let everything = "all"
  /// The names of the lessons, in the order of the menu, and the word for all of them.
  private static let words = Lessons.all.map { $0.name } + [everything]

  /// The arguments of `scaleup demo`.
  struct Arguments {
    /// The positions of the chosen lessons; `nil` for the menu.
    let lessons: [Int]?
    let asks: Bool
    let isQuick: Bool
    let answers: ClassAnswers?
  }

  static let command = Command(
    "scaleup demo", summary: "Teach parallel computing with lessons that ask, measure here and explain.",
    examples: [
      "scaleup demo", "scaleup demo serial --answers class.csv", "scaleup demo all --no-pause --quick",
    ]
  ) { (line: inout ArgumentLine) throws(UsageError) in
    let word = line.optionalOperand("LESSON", help: "name or number of a lesson, or all (default: a menu)")
    let path = line.value(
      of: Option(
        "answers", "FILE", .text("the path of a file", example: "class.csv"),
        help:
          "ask for the predictions of a class, add them to this file (LESSON,PREDICTION), and show a histogram"
      ))
    let asks = !line.has(Flag("no-pause", help: "ask no questions and do not wait for Return, for scripts"))
    let isQuick = line.has(Flag("quick", help: "rehearse: measure a tenth of the work, and once"))
    return Arguments(
      lessons: try word.map(lessons), asks: asks, isQuick: isQuick, answers: path.map(ClassAnswers.init))
  }

  static func run(_ arguments: Arguments) throws -> ProgramOutput {
    var chosen = arguments.lessons
    let signals = try SignalPipe(SignalPipe.endRequests + [SignalPipe.childEnded])
    let stage = Stage(signals, asks: arguments.asks)
    if chosen == nil {
      try stage.show(
        [
          .heading("Lessons"), .lines(menu),
          .paragraph(
            "Run a lesson with scaleup demo LESSON (a name or number), or all with scaleup demo all."),
        ], inScreens: false)
      chosen = try stage.ask("Which lesson", "a name or number from the menu") { line in
        let word = line.filter { !$0.isWhitespace }
        return (try? lessons(named: word)).map { .answer($0) }
          ?? .invalid(hint: nearest(to: line).map { "did you mean \($0)?" })
      }
    }
    guard let chosen, !chosen.isEmpty else { return ProgramOutput() }
    let bench = try Bench(signals, isQuick: arguments.isQuick)
    let showing = Showing(stage: stage, bench: bench, answers: arguments.answers)
    for position in chosen {
      if position != chosen.first { try stage.pause(before: "the next lesson") }
      try showing.show(Lessons.all[position], number: position + 1)
    }
    return ProgramOutput()
  }

  /// Returns the positions of the lessons that a word names.
  private static func lessons(named word: String) throws(UsageError) -> [Int] {
    if word == everything { return Array(Lessons.all.indices) }
    if let number = Int(word), Lessons.all.indices.contains(number - 1) { return [number - 1] }
    if let position = words.firstIndex(of: word) { return [position] }
    throw .unknownWord(word, kind: "lesson", known: words, nearest: nearest(to: word))
  }

  private static func nearest(to word: String) -> String? { nearestWord(to: word, among: words) }

  private static var menu: [String] {
    Readable.columns(
      Lessons.all.enumerated().map { ["\($0 + 1)", $1.name, $1.title] }, text: [1, 2]
    ).map { "  \($0)" }
  }
}
