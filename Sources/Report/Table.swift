import Formatting
import Records

/// A table: titled columns and rows of cells.
struct Table {
  /// A column.
  struct Column {
    let title: String
    /// The order in which columns are left out if the table is too wide: the highest rank first, and 0 never.
    let rank: Int
    /// Whether the column holds text, which is flush left like the first column; numbers are flush right.
    let isText: Bool

    init(_ title: String, rank: Int = 0, isText: Bool = false) {
      self.title = title
      self.rank = rank
      self.isText = isText
    }
  }

  var columns: [Column]
  var rows: [[String]]
  /// Whether an empty cell repeats the one above it.
  var isGrouped = false

  /// Returns lines of aligned columns, the titles first. Columns are left out until the lines fit.
  ///
  /// - Parameter width: The greatest number of characters per line; `nil` is no limit.
  func lines(width: Int?) -> [String] {
    let table = fitted(to: width)
    return Readable.columns(
      [table.columns.map(\.title)] + table.rows.map { $0.map { Readable.line($0) } },
      text: Set(table.columns.indices.filter { $0 == 0 || table.columns[$0].isText }))
  }

  /// Returns the table without the columns of the highest ranks, as many as it takes to fit.
  func fitted(to width: Int?) -> Table {
    guard let width else { return self }
    var table = self
    let widths = columns.indices.map { column in
      max(columns[column].title.count, rows.map { Readable.line($0[column]).count }.max() ?? 0)
    }
    var kept = Array(columns.indices)
    while kept.map({ widths[$0] + 2 }).reduce(-2, +) > width {
      let highest = kept.map { columns[$0].rank }.max() ?? 0
      if highest == 0 { break }
      kept.removeAll { columns[$0].rank == highest }
    }
    table.columns = kept.map { columns[$0] }
    table.rows = rows.map { row in kept.map { row[$0] } }
    return table
  }

  /// The table in Markdown.
  var markdown: [String] {
    let separator = columns.indices.map { $0 == 0 || columns[$0].isText ? "---" : "---:" }
    return ([columns.map(\.title), separator] + rows.map { $0.map(markdownText) }).map { row in
      "| \(row.joined(separator: " | ")) |"
    }
  }
}

/// Returns a text from outside for Markdown, on one line and with Markdown's marks escaped, except those that only matter
/// at the start of a line. Names, numbers and addresses that a site would link, such as `@name`, `#1` and `www.a.b`, are
/// broken by a space without width. It works on scalars, because a bar and a combining mark are one character.
func markdownText(_ text: String) -> String {
  let scalars = Array(Readable.line(text, limit: 1000).unicodeScalars)
  return scalars.indices.map { place -> String in
    let scalar = scalars[place]
    if "\\`*_[]<>|~&$".unicodeScalars.contains(scalar) { return "\\\(scalar)" }
    let next = place + 1 < scalars.count ? scalars[place + 1] : " "
    let isLink =
      switch scalar {
      case "@", "#": next.properties.isAlphabetic || next.properties.numericType != nil
      case ":": next == "/"
      case ".": String(String.UnicodeScalarView(scalars[max(0, place - 3)..<place])).lowercased() == "www"
      default: false
      }
    return isLink ? "\(scalar)&#8203;" : "\(scalar)"
  }.joined()
}
