/// A part of a report: a title, a table, and lines of text.
struct Section {
  var title: String?
  var table: Table?
  var lines: [String] = []

  /// Sections for a terminal, with an empty line between them.
  static func text(_ sections: [Section], style: TextStyle) -> String {
    sections.map { section in
      let title = section.title.map { [style.heading($0)] } ?? []
      return (title + (section.table?.lines(width: style.width) ?? []) + section.lines).map { $0 + "\n" }
        .joined()
    }.joined(separator: "\n")
  }

  /// Sections in Markdown.
  static func markdown(_ sections: [Section]) -> String {
    sections.flatMap { section in
      let table = section.table.map { [$0.markdown.joined(separator: "\n")] } ?? []
      return (section.title.map { ["**\(markdownText($0))**"] } ?? []) + table
        + section.lines.map(markdownText)
    }.map { $0 + "\n" }.joined(separator: "\n")
  }
}
