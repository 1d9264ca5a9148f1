import Formatting

/// The reason a command line cannot be split into words, as a clause.
public enum ShellWordsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A quote is not closed.
  case openQuote(String)
  /// An operator, such as `|`, is neither quoted nor for a shell.
  case shellOperator(String)

  /// The clause.
  public var description: String {
    switch self {
    case .openQuote(let quote): "a quote is not closed: \(quote)"
    case .shellOperator(let word): "'\(word)' needs a shell (quote it if it is a part of a word)"
    }
  }
}

/// Splits a command line into words as a POSIX shell does, without any expansion.
///
/// Words end at spaces, tabs and line breaks. Single quotes keep everything; double quotes keep everything but a backslash
/// before `$`, a backtick, a double quote, a backslash or a line break. Elsewhere a backslash keeps the next character
/// (POSIX.1-2024, Shell Command Language, 2.2).
///
/// - Throws: `ShellWordsError`.
public func shellWords(_ text: String) throws(ShellWordsError) -> [String] {
  var splitter = ShellWordSplitter(rest: text.unicodeScalars[...])
  return try splitter.words()
}

private struct ShellWordSplitter {
  private static let operators = Set("|&;<>()".unicodeScalars)
  private static let escapable = Set("$`\"\\".unicodeScalars)

  var rest: Substring.UnicodeScalarView
  private var word: String.UnicodeScalarView?

  init(rest: Substring.UnicodeScalarView) {
    self.rest = rest
  }

  mutating func words() throws(ShellWordsError) -> [String] {
    var words: [String] = []
    func add(_ word: String.UnicodeScalarView?) { if let word { words.append(String(word)) } }
    while let scalar = rest.popFirst() {
      switch scalar {
      case " ", "\t", "\n":
        add(word)
        word = nil
      case "'": try takeSingleQuoted()
      case "\"": try takeDoubleQuoted()
      case "\\":
        guard let next = rest.popFirst() else {
          append(scalar)
          break
        }
        if next != "\n" { append(next) }
      case let scalar where Self.operators.contains(scalar): throw .shellOperator(String(scalar))
      default: append(scalar)
      }
    }
    add(word)
    return words
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    word = word ?? .init()
    word?.append(scalar)
  }

  private mutating func takeSingleQuoted() throws(ShellWordsError) {
    guard let end = rest.firstIndex(of: "'") else {
      throw .openQuote("'\(Readable.line(String(rest), limit: 40))")
    }
    word = (word ?? .init()) + rest[..<end]
    rest = rest[rest.index(after: end)...]
  }

  private mutating func takeDoubleQuoted() throws(ShellWordsError) {
    let quoted = String(rest)
    word = word ?? .init()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return
      case "\\":
        if let next = rest.first, Self.escapable.contains(next) || next == "\n" {
          rest.removeFirst()
          if next != "\n" { append(next) }
        } else {
          append(scalar)
        }
      default: append(scalar)
      }
    }
    throw .openQuote("\"\(Readable.line(quoted, limit: 40))")
  }
}
