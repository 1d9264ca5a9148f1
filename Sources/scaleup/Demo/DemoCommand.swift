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

  static let command = Command(
    "scaleup demo", summary: "Teach parallel computing with lessons that ask, measure here and explain.",
    examples: ["scaleup demo", "scaleup demo all --no-pause --quick"]
  ) { (line: inout ArgumentLine) throws(UsageError) in
    let word = line.optionalOperand("LESSON", help: "name or number of a lesson, or all (default: a menu)")
    let asks = !line.has(Flag("no-pause", help: "ask no questions, for scripts"))
    let isQuick = line.has(Flag("quick", help: "rehearse: measure a tenth of the work, and once"))
    return (lessons: try word.map(lessons), asks: asks, isQuick: isQuick)
  }

  static func run(_ arguments: (lessons: [Int]?, asks: Bool, isQuick: Bool)) throws -> ProgramOutput {
    var chosen = arguments.lessons
    let signals = try SignalPipe(SignalPipe.endRequests + [SignalPipe.childEnded])
    let stage = Stage(signals, asks: arguments.asks)
    if chosen == nil {
      try stage.show([
        .heading("Lessons"), .lines(menu),
        .paragraph("Run a lesson with scaleup demo LESSON (a name or number), or all with scaleup demo all."),
      ])
      chosen = try stage.ask("Which lesson", "a name or number from the menu", nearest: nearest) {
        try? lessons(named: $0.filter { !$0.isWhitespace })
      }
    }
    guard let chosen, !chosen.isEmpty else { return ProgramOutput() }
    let bench = try Bench(signals, isQuick: arguments.isQuick)
    for number in chosen { try show(number, stage, bench) }
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

  private static func show(_ position: Int, _ stage: Stage, _ bench: Bench) throws {
    let kind = Lessons.all[position]
    try stage.show([.heading("\(position + 1). \(kind.title)")])
    let lesson = try kind.init(bench)
    try stage.show(lesson.question.passages)
    let guess = try stage.ask("Your guess", lesson.question.expected, read: lesson.question.guess)
    let findings: Findings
    do {
      findings = try lesson.findings()
    } catch let disturbance as DisturbedLesson {
      return try stage.show([.paragraph(disturbance.explanation(lesson: kind.name))])
    }
    try stage.show(
      lesson.question.comparison(of: guess, with: findings.answer) + findings.passages
        + [
          .heading("Why"), .paragraph(findings.explanation),
          .paragraph("The code: \(kind.files.joined(separator: ", "))"),
        ])
  }
}
