import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// `scaleup demo`: lesson → question → prediction → trials → what came of it, and why.
enum DemoCommand: Subcommand {
  private static let everything = "all"
  /// The words that name lessons, in their order.
  private static let words = Lessons.all.map { $0.name } + [everything]

  static let command = Command(
    "scaleup demo", summary: "Teach with lessons that ask, measure on this machine, and explain.",
    examples: ["scaleup demo", "scaleup demo all --no-pause"]
  ) { (line: inout ArgumentLine) throws(UsageError) in
    let word = line.optionalOperand("LESSON", help: "name or number of a lesson, or all (default: a menu)")
    let asks = !line.has(Flag("no-pause", help: "ask nothing, as for scripts"))
    return (lessons: try word.map(lessons), asks: asks)
  }

  static func run(_ arguments: (lessons: [Int]?, asks: Bool)) throws -> ProgramOutput {
    var chosen = arguments.lessons
    let signals = try SignalPipe(SignalPipe.endRequests + [SignalPipe.childEnded])
    let stage = Stage(signals, asks: arguments.asks)
    if chosen == nil {
      try stage.show([
        .heading("lessons"), .lines(menu),
        .paragraph("scaleup demo LESSON shows one, by its name or number; scaleup demo all shows all."),
      ])
      chosen = try stage.ask("Which lesson", "a name or number from the menu", nearest: nearest) {
        try? lessons(named: $0.filter { !$0.isWhitespace })
      }
    }
    guard let chosen, !chosen.isEmpty else { return ProgramOutput() }
    let bench = try Bench(signals)
    for number in chosen { try show(number, stage, bench) }
    return ProgramOutput()
  }

  /// The positions of the lessons that a word means.
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
    let prediction = try stage.ask(
      "Your prediction", lesson.question.expected, read: lesson.question.prediction)
    let findings = try lesson.findings()
    try stage.show(
      lesson.question.comparison(of: prediction, with: findings.answer) + findings.passages
        + [
          .heading("why"), .paragraph(findings.explanation),
          .paragraph("The code: \(kind.files.joined(separator: ", "))"),
        ])
  }
}
