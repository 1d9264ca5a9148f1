import Formatting
import Records
import Report

/// What a learner predicts before anything is measured.
struct Question {
  /// What kind of answer there is.
  enum Kind {
    /// A number of something.
    case number(unit: String)
    /// One of several, which are counted from 1.
    case choice([String])
  }

  let text: String
  let kind: Kind

  init(_ text: String, _ kind: Kind) {
    (self.text, self.kind) = (text, kind)
  }

  /// The question as it is shown.
  var passages: [Passage] {
    switch kind {
    case .number: [.paragraph(text)]
    case .choice(let options):
      [.paragraph(text), .lines(options.enumerated().map { "  \($0 + 1)  \($1)" })]
    }
  }

  /// What is asked for, and what a learner is told who wrote something else.
  var expected: String {
    switch kind {
    case .number(let unit): "a number (\(unit))"
    case .choice(let options): "a number from 1 to \(options.count)"
    }
  }

  /// The prediction that a learner wrote; `nil` where it cannot be read.
  func prediction(_ line: String) -> Double? {
    let word = line.filter { !$0.isWhitespace }
    switch kind {
    case .number(let unit):
      let number = word.lowercased().hasSuffix(unit) ? String(word.dropLast(unit.count)) : word
      let isNegative = number.hasPrefix("-")
      return decimal(isNegative ? String(number.dropFirst()) : number).flatMap { value in
        value.isFinite ? (isNegative ? -value : value) : nil
      }
    case .choice(let options):
      return Int(word).flatMap { (1...options.count).contains($0) ? Double($0) : nil }
    }
  }

  /// The prediction beside what was measured.
  func comparison(of prediction: Double?, with answer: Double?) -> [Passage] {
    guard let answer else { return [.paragraph("This machine cannot tell the answer.")] }
    guard let prediction else { return [.paragraph("Measured: \(words(for: answer)).")] }
    let sentence = "You predicted \(words(for: prediction)). Measured: \(words(for: answer))."
    guard case .number = kind else { return [.paragraph(sentence)] }
    return [
      .drawing(
        TextBars([
          .init("predicted", prediction, words(for: prediction), isPredicted: true),
          .init("measured", answer, words(for: answer)),
        ]))
    ]
  }

  private func words(for answer: Double) -> String {
    switch kind {
    case .number(let unit): "\(figure(answer)) \(unit)"
    case .choice(let options):
      options.indices.contains(Int(answer) - 1) ? options[Int(answer) - 1] : "none of them"
    }
  }
}

/// A number with about three significant digits.
func figure(_ value: Double) -> String {
  switch value.magnitude {
  case ..<9.995: Readable.fixed(value, decimals: 2)
  case ..<99.95: Readable.fixed(value, decimals: 1)
  case ..<1e6: Readable.fixed(value, decimals: 0)
  default: Readable.large(value)
  }
}
