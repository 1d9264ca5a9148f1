/// A table of cells, the first column text.
public struct TextTable: TextDrawing {
  private let table: Table

  /// Describes a table.
  public init(_ titles: [String], _ rows: [[String]]) {
    table = Table(columns: titles.map { Table.Column($0) }, rows: rows)
  }

  /// The titles, then a line a row.
  public func lines(width: Int) -> [String] {
    table.lines(width: width)
  }
}
