extension Readable {
  /// Aligns rows of cells in columns, separated by two spaces; text is flush left, numbers are flush right.
  /// Lines have no trailing spaces.
  ///
  /// - Parameter text: The indices of the columns that hold text.
  public static func columns(_ rows: [[String]], text: Set<Int> = [0]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return text.contains(column) ? cell + padding : padding + cell
      }
      var line = cells.joined(separator: "  ")
      while line.utf8.last == UInt8(ascii: " ") { line.unicodeScalars.removeLast() }
      return line
    }
  }
}
