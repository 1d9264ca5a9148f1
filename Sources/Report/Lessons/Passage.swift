import Formatting
import Records

/// A picture made of characters.
public protocol TextDrawing: Sendable {
  /// Returns the lines of the picture, each of at most `width` characters if that is possible.
  func lines(width: Int) -> [String]
}

/// A part of a lesson.
public enum Passage: Sendable {
  /// A title on its own line.
  case heading(String)
  /// Sentences, wrapped to the width of the terminal.
  case paragraph(String)
  /// Lines that are not wrapped.
  case lines([String])
  /// A picture.
  case drawing(any TextDrawing)
}

/// The longest line that is comfortable to read, in characters.
private let widestLine = 80

/// Returns passages for a terminal, with an empty line between them.
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
