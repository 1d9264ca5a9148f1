import Formatting

/// A command line that cannot be understood.
public enum UsageError: Error, Equatable, Sendable {
  /// No option has this name.
  case unknownOption(String, nearest: String?)
  /// An option that takes a value was the last word, or another option followed it.
  case missingValue(option: String, expected: String, example: String)
  /// A flag was given a value.
  case unexpectedValue(flag: String)
  /// An option that may be given once was given twice.
  case repeatedOption(String)
  /// The value of an option is not acceptable.
  case invalidValue(option: String, ValueProblem)
  /// There is one operand too many.
  case unexpectedWord(String)
  /// A required operand is missing.
  case missingWord(String, meaning: String)
  /// A word is not one of the known ones.
  case unknownWord(String, kind: String, known: [String], nearest: String?)
  /// A word or a combination of options makes no sense; the sentence says why, and what to do.
  case other(String)

  /// The exit status of a program that was used wrongly (`EX_USAGE` of sysexits.h).
  public static let exitStatus: Int32 = 64

  /// Returns one line that says what is wrong, what was expected and what to do.
  ///
  /// - Parameter command: The words that call the command, such as `scaleup run`.
  public func message(for command: String) -> String {
    let seeHelp = "see \(command) --help"
    return switch self {
    case .unknownOption(let option, let nearest):
      "unknown option: '\(printable(option))' (\(nearest.map { "did you mean --\($0)?" } ?? seeHelp))"
    case .missingValue(let option, let expected, let example):
      "missing value for --\(option) (expected \(expected); try --\(option) \(example))"
    case .unexpectedValue(let flag):
      "--\(flag) takes no value (write --\(flag) alone)"
    case .repeatedOption(let option):
      "--\(option) is given twice (give it once)"
    case .invalidValue(let option, let problem):
      "invalid value for --\(option): '\(printable(problem.word))' (expected \(problem.expected); try "
        + "--\(option) \(printable(problem.remedy)))"
    case .unexpectedWord(let word):
      "unexpected argument: '\(printable(word))' (\(seeHelp))"
    case .missingWord(let placeholder, let meaning):
      "missing argument: \(placeholder) (\(meaning); \(seeHelp))"
    case .unknownWord(let word, let kind, let known, let nearest):
      "unknown \(kind): '\(printable(word))' (expected \(known.joined(separator: ", "))"
        + "; \(nearest.map { "did you mean \($0)?" } ?? seeHelp))"
    case .other(let sentence):
      sentence
    }
  }
}

/// Returns a word from outside on one line, without control characters, cut after 80 characters.
private func printable(_ word: String) -> String { Readable.line(word, limit: 80) }
