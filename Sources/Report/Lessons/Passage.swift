import Formatting
import Records

/// A picture made of characters.
public protocol TextDrawing: Sendable {
  /// Its lines, none of more than `width` characters where it can be drawn in so few.
  func lines(width: Int) -> [String]
}

/// A piece of a text that teaches.
public enum Passage: Sendable {
  /// A title on a line of its own.
  case heading(String)
  /// Sentences, which are set as wide as the terminal allows.
  case paragraph(String)
  /// Lines that stay as they are.
  case lines([String])
  /// A picture.
  case drawing(any TextDrawing)
}

/// The most characters of a line that people like to read.
private let widestLine = 80

/// Passages for a terminal, with an empty line between them.
public func text(of passages: [Passage], style: TextStyle = TextStyle()) -> String {
  let width = max(1, min(style.width ?? widestLine, widestLine))
  return passages.map { passage in
    let lines =
      switch passage {
      case .heading(let text): Readable.wrapped(text, width: width).map(style.heading)
      case .paragraph(let text): Readable.wrapped(text, width: width)
      case .lines(let lines): lines.map { Readable.line($0) }
      case .drawing(let drawing): drawing.lines(width: width)
      }
    return lines.map { $0 + "\n" }.joined()
  }.joined(separator: "\n")
}
