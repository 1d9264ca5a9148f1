import Analysis
import Formatting
import Platform
import Report
import Statistics

/// One lesson as it is shown: the question, the prediction, the measurement, the picture, and the reasons, each after
/// Return.
struct Showing {
  let stage: Stage
  let bench: Bench
  /// The predictions of a class; `nil` if one person is asked.
  let answers: ClassAnswers?

  /// Shows a lesson.
  ///
  /// - Parameter number: The number of the lesson in the menu.
  /// - Throws: `CommandFailure`, `Interruption`, `SystemError`, `TextFileError`.
  func show<Kind: Lesson>(_ kind: Kind.Type, number: Int) throws {
    try stage.show([.heading("\(number). \(kind.title)")])
    bench.beginLesson()
    let lesson = try kind.init(bench)
    let question = lesson.question
    let read = { question.reply(to: $0, within: kind.bounds ?? question.usualBounds) }
    stage.discardTyped()
    try stage.show(question.passages)
    let guess = try answers == nil ? stage.ask("Your guess", question.expected, read: read) : nil
    if let answers { try collect(answers, for: kind.name, question, read) }
    let findings: Findings
    do {
      findings = try lesson.findings()
    } catch let disturbance as DisturbedLesson {
      stage.discardTyped()
      return try stage.show([.paragraph(disturbance.explanation(lesson: kind.name))])
    }
    stage.discardTyped()
    let predictions = try answers?.predictions(for: kind.name, read: read)
    let comparison =
      predictions.map { classroom(kind, question, $0, findings.answer) }
      ?? question.comparison(of: guess, with: findings.answer)
      + feedback(kind, question, guess, findings.answer)
    try stage.show(comparison)
    if !findings.passages.isEmpty {
      try stage.pause(before: "the picture")
      try stage.show(findings.passages)
    }
    try stage.pause(before: "why")
    try stage.show([
      .heading("Why"), .paragraph(findings.explanation),
      .paragraph("The code: \(kind.files.joined(separator: ", "))"),
    ])
  }

  /// Asks for the predictions of a class, one after another, and adds each to the file.
  private func collect(
    _ answers: ClassAnswers, for lesson: String, _ question: Question, _ read: (String) -> Reply<Double>
  ) throws {
    var count = 1
    while let value = try stage.ask("Prediction \(count)", question.expected, returnTo: "measure", read: read)
    {
      try answers.add(value, to: lesson)
      count += 1
    }
  }

  private func feedback<Kind: Lesson>(
    _ kind: Kind.Type, _ question: Question, _ guess: Double?, _ answer: Double?
  ) -> [Passage] {
    guard let guess, let answer, answer.isFinite else { return [] }
    let prediction = Mistake.Prediction(guess: guess, answer: answer, workers: Double(bench.workers))
    return kind.feedback(on: prediction, isChoice: question.isChoice).map { [.paragraph($0)] } ?? []
  }

  /// Returns the predictions of a class beside the answer, and the mistake behind most of them.
  private func classroom<Kind: Lesson>(
    _ kind: Kind.Type, _ question: Question, _ predictions: ClassAnswers.Predictions, _ answer: Double?
  ) -> [Passage] {
    let values = predictions.values
    var passages = question.comparison(of: nil, with: answer)
    let ignored =
      predictions.invalid == 0
      ? "" : " \(Readable.count(predictions.invalid, "line")) of the file could not be read as a prediction."
    guard !values.isEmpty else {
      return passages + [.paragraph("Nobody in the class predicted an answer.\(ignored)")]
    }
    passages.append(.paragraph("\(question.summary(of: values)).\(ignored)"))
    passages.append(.drawing(question.histogram(of: values, answer: answer)))
    guard let answer, answer.isFinite else { return passages }
    let made = kind.mistakes.map { mistake in
      let count = values.count { value in
        mistake.isMade(.init(guess: value, answer: answer, workers: Double(bench.workers)))
          && !(question.isChoice ? value == answer : (value - answer).magnitude <= 0.1 * answer.magnitude)
      }
      return (mistake: mistake, count: count)
    }
    if let most = made.max(by: { $0.count < $1.count }), most.count > 0 {
      passages.append(.paragraph("\(most.count) of \(values.count): \(most.mistake.sentence)"))
    }
    return passages
  }
}

extension Question {
  /// Whether the answer is one of several options.
  var isChoice: Bool { if case .choice = kind { true } else { false } }

  /// Returns the predictions of a class in one sentence, without a period.
  fileprivate func summary(of values: [Double]) -> String {
    let count = Readable.count(values.count, "prediction")
    if isChoice { return "The class made \(count)" }
    return "The class made \(count) with a median of \(median(values).map(words) ?? "-")"
  }

  /// Returns the predictions of a class as a picture.
  fileprivate func histogram(of values: [Double], answer: Double?) -> TextHistogram {
    if case .choice(let options) = kind {
      return TextHistogram(
        values.map { Int($0) }, of: options, answer: answer.flatMap { Int(exactly: $0) }, origin: origin)
    }
    return TextHistogram(values, answer: answer, origin: origin, text: words)
  }
}
