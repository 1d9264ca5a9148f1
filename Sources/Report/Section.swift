import Formatting

/// A part of a report: a title, a table, and sentences.
struct Section {
  var title: String?
  var table: Table?
  /// The table for a terminal that is too narrow for `table`.
  var narrowTable: Table?
  /// Sentences, which are wrapped at the width of the terminal.
  var lines: [String] = []

  /// Returns sections for a terminal, with an empty line between them.
  static func text(_ sections: [Section], style: TextStyle) -> String {
    sections.map { $0.lines(style: style).map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private func lines(style: TextStyle) -> [String] {
    let title = title.map { style.wrapped($0).map(style.heading) } ?? []
    return title + tableLines(width: style.width) + lines.flatMap(style.wrapped)
  }

  private func tableLines(width: Int?) -> [String] {
    let lines = table?.lines(width: nil) ?? []
    guard let width, lines.contains(where: { $0.count > width }) else { return lines }
    return (narrowTable ?? table)?.lines(width: width) ?? []
  }

  /// Returns sections in Markdown.
  static func markdown(_ sections: [Section]) -> String {
    sections.flatMap { section in
      let table = section.table.map { [$0.markdown.joined(separator: "\n")] } ?? []
      return (section.title.map { ["**\(markdownText($0))**"] } ?? []) + table
        + section.lines.map(markdownLine)
    }.map { $0 + "\n" }.joined(separator: "\n")
  }
}

/// Returns a sentence for Markdown. It stays a sentence even if its first word is a name such as `#` or `1.`, which would
/// begin a heading or a list.
private func markdownLine(_ text: String) -> String {
  let scalars = markdownText(text).unicodeScalars.drop { $0 == " " }
  let number = scalars.prefix { ("0"..."9").contains($0) }
  let rest = scalars.dropFirst(number.count)
  let marks = number.isEmpty ? "#+-=" : ".)"
  let isMarked = rest.first.map(marks.unicodeScalars.contains) ?? false
  return String(number) + (isMarked ? "\\" : "") + String(rest)
}

/// The way a text is set on a terminal.
public struct TextStyle: Equatable, Sendable {
  /// The greatest number of characters per line; `nil` is no limit.
  public let width: Int?
  /// Whether headings are bold, by terminal codes.
  public let isBold: Bool

  /// Makes a style; by default plain and of any width.
  public init(width: Int? = nil, isBold: Bool = false) {
    self.width = width
    self.isBold = isBold
  }

  func heading(_ text: String) -> String {
    isBold ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  /// Returns a sentence in lines that keep within the width.
  public func wrapped(_ text: String) -> [String] {
    width.map { Readable.wrapped(text, width: max(1, $0)) } ?? [text]
  }
}
