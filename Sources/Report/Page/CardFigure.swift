import Formatting
import Records

/// A figure at the top of a page: its subject, the figure, and a note in small letters.
struct CardFigure {
  let subject: String
  let figure: String
  /// The interval or the reason; empty if there is none.
  let note: String

  /// Returns a card of figures that answer a question; nothing without figures.
  static func card(_ question: String, _ figures: [CardFigure]) -> [Markup] {
    if figures.isEmpty { return [] }
    let entries = figures.flatMap { entry -> [Markup] in
      let note =
        entry.note.isEmpty ? [] : [Markup.element("small", [:], Readable.line(entry.note, limit: 1000))]
      return [
        .element("dt", [:], Readable.line(entry.subject)),
        .element("dd", [:], [.element("b", [:], Readable.line(entry.figure))] + note),
      ]
    }
    return [.element("strong", [:], question), .element("dl", ["class": "decision"], entries)]
  }
}
