import Formatting
import Records

/// A table as a value: titled columns and rows of cells.
struct Table {
  /// A column.
  struct Column {
    let title: String
    /// When the table is too wide, the columns with the highest rank are left out first, those of one rank
    /// together; rank 0 always stays.
    let rank: Int
    /// Whether it holds text, which is set flush left as the first column is; numbers are set flush right.
    let isText: Bool

    init(_ title: String, rank: Int = 0, isText: Bool = false) {
      self.title = title
      self.rank = rank
      self.isText = isText
    }
  }

  let columns: [Column]
  let rows: [[String]]
  /// Whether an empty cell means what stands above it.
  var isGrouped = false

  /// Lines of aligned columns, the titles first.
  ///
  /// - Parameter width: The most characters that a line may have; columns are left out until it fits. `nil`
  ///   is no limit.
  func lines(width: Int?) -> [String] {
    var kept = Array(columns.indices)
    while true {
      let lines = Readable.columns(
        [kept.map { columns[$0].title }] + rows.map { row in kept.map { Readable.line(row[$0]) } },
        text: Set(kept.indices.filter { $0 == 0 || columns[kept[$0]].isText }))
      let widest = lines.map(\.count).max() ?? 0
      let highest = kept.map { columns[$0].rank }.max() ?? 0
      guard let width, widest > width, highest > 0 else { return lines }
      kept.removeAll { columns[$0].rank == highest }
    }
  }

  /// The table in Markdown, text flush left and numbers flush right.
  var markdown: [String] {
    let separator = columns.indices.map { $0 == 0 || columns[$0].isText ? "---" : "---:" }
    return ([columns.map(\.title), separator] + rows.map { $0.map(markdownText) }).map { row in
      "| \(row.joined(separator: " | ")) |"
    }
  }
}

/// A text from outside in Markdown, on one line, with nothing in it that Markdown would take for its own, except
/// what has a meaning only where it begins a line. This goes by scalars: a bar and a mark that combines with it
/// are one character.
func markdownText(_ text: String) -> String {
  let marks = "\\`*_[]<>|~&$".unicodeScalars
  return Readable.line(text, limit: 1000).unicodeScalars
    .map { marks.contains($0) ? "\\\($0)" : "\($0)" }.joined()
}
