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
    case .choice(let options): "a number from 1 to \(options.count), or its words"
    }
  }

  /// The answers that are possible unless the lesson says otherwise: factors above 0, and numbers that are not negative.
  var usualBounds: ClosedRange<Double> {
    switch kind {
    case .factor: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
    case .number: 0...Double.greatestFiniteMagnitude
    case .choice(let options): 1...Double(options.count)
    }
  }

  /// Reads a learner's guess: a number with or without its unit; of a choice, the number or the words of an option.
  ///
  /// - Parameter bounds: The answers that are possible.
  func reply(to line: String, within bounds: ClosedRange<Double>) -> Reply<Double> {
    let word = line.filter { !$0.isWhitespace }.lowercased()
    let value: Double? =
      switch kind {
      case .factor: number(word, units: ["×", "x", "times"])
      case .number(let unit): number(word, units: Self.spellings(of: unit))
      case .choice(let options): Self.position(of: word, in: options)
      }
    guard let value else { return .invalid(hint: nil) }
    if case .choice = kind, !bounds.contains(value) { return .invalid(hint: nil) }
    return bounds.contains(value) ? .answer(value) : .invalid(hint: hint(for: bounds))
  }

  /// Returns the number of an option from its number, its words, or its words before a colon.
  private static func position(of word: String, in options: [String]) -> Double? {
    if let number = Int(word) { return Double(number) }
    let known = options.map { option in
      let plain = option.filter { !$0.isWhitespace }.lowercased()
      return [plain, plain.split(separator: ":").first.map(String.init) ?? plain]
    }
    return known.firstIndex { $0.contains(word) }.map { Double($0 + 1) }
  }

  /// Returns the ways to write a unit, without spaces and in lower case.
  private static func spellings(of unit: String) -> [String] {
    let plain = unit.filter { !$0.isWhitespace }.lowercased()
    let others: [String] =
      switch plain {
      case "%": ["percent"]
      case "µs": ["us", "μs"]
      default: plain.hasSuffix("s") && plain.count > 2 ? [String(plain.dropLast())] : []
      }
    return [plain] + others
  }

  private func number(_ word: String, units: [String]) -> Double? {
    let unit = units.first { word.hasSuffix($0) }
    let number = word.dropLast(unit?.count ?? 0)
    let sign = number.first.flatMap { "-−".contains($0) ? $0 : nil }
    return decimal(String(number.dropFirst(sign == nil ? 0 : 1))).flatMap { value in
      value.isFinite ? (sign == nil ? value : -value) : nil
    }
  }

  /// Returns the possible answers in words.
  private func hint(for bounds: ClosedRange<Double>) -> String {
    let unit = if case .number(let unit) = kind { " \(unit)" } else { "" }
    if bounds.lowerBound == .leastNonzeroMagnitude { return "above 0\(unit)" }
    let least = "\(Readable.plain(bounds.lowerBound))"
    return bounds.upperBound == .greatestFiniteMagnitude
      ? "at least \(least)\(unit)" : "from \(least) to \(Readable.plain(bounds.upperBound))\(unit)"
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

  /// Returns an answer in words.
  func words(for answer: Double) -> String {
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
