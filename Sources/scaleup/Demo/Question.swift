import Formatting
import Records
import Report

/// A question to guess the answer of before anything is measured.
struct Question {
  /// The kind of answer.
  enum Kind {
    /// A factor, such as a speedup.
    case factor
    /// A number of a unit.
    case number(unit: String)
    /// One of several options, numbered from 1.
    case choice([String])
  }

  let text: String
  let kind: Kind
  /// The origin of the answer: `measured` or `simulated`.
  let origin: String

  /// Makes a question.
  ///
  /// - Parameter isSimulated: Whether a simulation answers it, and not this machine.
  init(_ text: String, _ kind: Kind, isSimulated: Bool = false) {
    (self.text, self.kind) = (text, kind)
    origin = isSimulated ? "simulated" : "measured"
  }

  /// The question as shown to the learner.
  var passages: [Passage] {
    switch kind {
    case .factor, .number: [.paragraph(text)]
    case .choice(let options):
      [.paragraph(text), .lines(options.enumerated().map { "  \($0 + 1)  \($1)" })]
    }
  }

  /// The expected answer in words, for the prompt.
  var expected: String {
    switch kind {
    case .factor: "a factor such as 1.5"
    case .number(let unit): "a number in \(unit)"
    case .choice(let options): "a number from 1 to \(options.count)"
    }
  }

  /// Reads a learner's guess; `nil` if it is invalid.
  func guess(_ line: String) -> Double? {
    let word = line.filter { !$0.isWhitespace }.lowercased()
    switch kind {
    case .factor: return number(word, units: ["×", "x", "times"])
    case .number(let unit): return number(word, units: [unit])
    case .choice(let options):
      return Int(word).flatMap { (1...options.count).contains($0) ? Double($0) : nil }
    }
  }

  private func number(_ word: String, units: [String]) -> Double? {
    let unit = units.first { word.hasSuffix($0) }
    let number = word.dropLast(unit?.count ?? 0)
    let isNegative = number.hasPrefix("-")
    return decimal(String(isNegative ? number.dropFirst() : number)).flatMap { value in
      value.isFinite ? (isNegative ? -value : value) : nil
    }
  }

  /// Returns the guess beside the answer.
  func comparison(of guess: Double?, with answer: Double?) -> [Passage] {
    let source = origin.prefix(1).uppercased() + origin.dropFirst()
    guard let answer else { return [.paragraph("\(source): no clear answer on this machine.")] }
    guard let guess else { return [.paragraph("\(source): \(words(for: answer)).")] }
    if case .choice = kind {
      return [.paragraph("Your guess: \(words(for: guess)). \(source): \(words(for: answer)).")]
    }
    return [
      .drawing(
        TextBars([
          .init("your guess", guess, words(for: guess), isGuess: true),
          .init(origin, answer, words(for: answer)),
        ]))
    ]
  }

  private func words(for answer: Double) -> String {
    switch kind {
    case .factor: "\(figure(answer))×"
    case .number(let unit):
      // A count has no decimals.
      "\(answer == answer.rounded() && answer.magnitude < 1e6 ? Readable.fixed(answer, decimals: 0) : figure(answer)) \(unit)"
    case .choice(let options):
      options.indices.contains(Int(answer) - 1) ? options[Int(answer) - 1] : "none of them"
    }
  }
}

/// Returns a number with about three significant digits.
func figure(_ value: Double) -> String {
  switch value.magnitude {
  case ..<9.995: Readable.fixed(value, decimals: 2)
  case ..<99.95: Readable.fixed(value, decimals: 1)
  case ..<1e6: Readable.fixed(value, decimals: 0)
  default: Readable.large(value)
  }
}
