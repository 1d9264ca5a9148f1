/// A table with a text column first.
public struct TextTable: TextDrawing {
  private let table: Table

  /// Makes a table from its column titles and its rows.
  public init(_ titles: [String], _ rows: [[String]]) {
    table = Table(columns: titles.map { Table.Column($0) }, rows: rows)
  }

  /// Returns the titles, then one line per row.
  public func lines(width: Int) -> [String] {
    table.lines(width: width)
  }
}
