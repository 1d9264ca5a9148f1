/// A usual reason for a wrong prediction.
struct Mistake: Sendable {
  /// A prediction beside the measurement.
  struct Prediction: Sendable {
    let guess: Double
    /// The measured answer.
    let answer: Double
    /// The workers of the lesson: one per CPU, but at least two.
    let workers: Double

    /// Whether the guess is within a tenth of a value.
    func isAbout(_ value: Double) -> Bool { (guess - value).magnitude <= 0.1 * value.magnitude }
  }

  /// Whether a prediction shows the mistake.
  let isMade: @Sendable (Prediction) -> Bool
  /// The sentence that names the mistake.
  let sentence: String

  init(_ sentence: String, if isMade: @escaping @Sendable (Prediction) -> Bool) {
    (self.sentence, self.isMade) = (sentence, isMade)
  }
}

extension Lesson {
  /// The usual mistakes behind predictions, the likelier first; none by default.
  static var mistakes: [Mistake] { [] }
  /// The answers that are possible; `nil` for those of the kind of question.
  static var bounds: ClosedRange<Double>? { nil }

  /// Returns a sentence about a prediction: that it was close, or the usual mistake behind it; `nil` if neither is known.
  ///
  /// - Parameter isChoice: Whether the answer is the number of an option.
  static func feedback(on prediction: Mistake.Prediction, isChoice: Bool) -> String? {
    if isChoice ? prediction.guess == prediction.answer : prediction.isAbout(prediction.answer) {
      return isChoice ? "Your prediction is right." : "Your prediction is within 10 %."
    }
    return mistakes.first { $0.isMade(prediction) }?.sentence
  }
}
