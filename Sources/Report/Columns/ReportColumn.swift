import Analysis
import Records

/// A column of the table of a run: its title, its meaning, and its cells.
///
/// The catalogue of all columns draws the tables of the terminal, of Markdown and of the page, and writes the column
/// reference.
struct ReportColumn: Sendable {
  /// The part of a report that shows a column.
  enum Group: Sendable {
    /// Names the row.
    case name
    /// Belongs to the first screen.
    case standard
    /// Shows extremes and intervals, in the details.
    case spread
    /// Shows how the work was done, in the details.
    case resources
  }

  let title: String
  /// The meaning in Markdown, for the column reference.
  let meaning: String
  let group: Group
  /// The order in which columns are left out if a terminal is too narrow: the highest rank first, and 0 never.
  let rank: Int
  /// Returns the cell of a row, or `nil` if it is undefined. A column without any cell is not shown.
  let cell: @Sendable (ConfigurationAnalysis, WorkloadAnalysis) -> String?

  init(
    _ title: String, _ group: Group, rank: Int = 0, meaning: String,
    cell: @escaping @Sendable (ConfigurationAnalysis, WorkloadAnalysis) -> String?
  ) {
    (self.title, self.group, self.rank, self.meaning, self.cell) = (title, group, rank, meaning, cell)
  }
}

extension Table {
  /// The text in place of a number that was not measured or is not defined.
  static let undefined = "-"

  /// Makes the table of a workload from the columns of some groups that have a cell in it.
  init(_ analysis: WorkloadAnalysis, groups: Set<ReportColumn.Group>) {
    let shown = ReportColumn.all.filter { column in
      groups.contains(column.group)
        && analysis.rows.contains { row in column.cell(row, analysis) != nil }
    }
    columns = shown.map { Column($0.title, rank: $0.rank) }
    rows = analysis.rows.map { row in shown.map { $0.cell(row, analysis) ?? Self.undefined } }
  }
}

/// Returns the reference of all columns as a Markdown table, for `results/README.md`.
public func columnReference() -> String {
  let rows = ReportColumn.all.map { "| \($0.title) | \($0.meaning) |\n" }
  return "| column | meaning |\n| --- | --- |\n" + rows.joined()
}
