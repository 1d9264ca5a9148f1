/// A command line that cannot be understood.
public enum UsageError: Error, Equatable, Sendable {
  /// No option has this name.
  case unknownOption(String, nearest: String?)
  /// An option that takes a value was the last word, or another option followed it.
  case missingValue(option: String, placeholder: String)
  /// A flag was given a value.
  case unexpectedValue(flag: String)
  /// An option was given twice.
  case repeatedOption(String)
  /// An option's value was not acceptable.
  case invalidValue(option: String, ValueProblem)
  /// A word too many.
  case unexpectedWord(String)
  /// A word is missing.
  case missingWord(expected: String, example: String)
  /// A word is none of those that are known here.
  case unknownWord(String, kind: String, known: [String], nearest: String?)
  /// A word or a combination of options that makes no sense; in full sentences.
  case other(String)

  /// The exit status of a program that was used wrongly (`EX_USAGE` of sysexits.h).
  public static let exitStatus: Int32 = 64

  /// One line: what is wrong, what was expected, what to do.
  ///
  /// - Parameter command: The words with which the command is called, such as `scaleup run`.
  public func message(for command: String) -> String {
    let seeHelp = "see \(command) --help"
    return switch self {
    case .unknownOption(let option, let nearest):
      "unknown option '\(printable(option))'"
        + (nearest.map { "; did you mean --\($0)?" } ?? "") + " (\(seeHelp))"
    case .missingValue(let option, let placeholder):
      "--\(option) lacks its value; expected --\(option) \(placeholder) (\(seeHelp))"
    case .unexpectedValue(let flag):
      "--\(flag) takes no value; write --\(flag) alone"
    case .repeatedOption(let option):
      "--\(option) is given twice; leave one out"
    case .invalidValue(let option, let problem):
      "--\(option) '\(printable(problem.word))' is not \(problem.expected); "
        + "try --\(option) \(printable(problem.remedy))"
    case .unexpectedWord(let word):
      "unexpected word '\(printable(word))'; leave it out (\(seeHelp))"
    case .missingWord(let expected, let example):
      "\(expected) is missing; try \(command) \(example)"
    case .unknownWord(let word, let kind, let known, let nearest):
      "unknown \(kind) '\(printable(word))'; expected \(known.joined(separator: ", "))"
        + (nearest.map { "; did you mean \($0)?" } ?? " (\(seeHelp))")
    case .other(let sentence):
      "\(sentence) (\(seeHelp))"
    }
  }
}

/// A word from outside, at most 80 characters of it, on one line and without control characters.
private func printable(_ word: String) -> String {
  let unprintable: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
  let shown = String(
    String.UnicodeScalarView(
      word.unicodeScalars.prefix(80).map {
        unprintable.contains($0.properties.generalCategory) ? "\u{FFFD}" : $0
      }))
  return shown.unicodeScalars.count < word.unicodeScalars.count ? shown + "…" : shown
}
