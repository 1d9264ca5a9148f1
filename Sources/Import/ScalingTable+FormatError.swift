import Formatting

extension ScalingTable {
  /// The reason a text is not a scaling table, as a phrase that follows the name of the text.
  public enum FormatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text is empty.
    case empty
    /// The text has no rows and fields, or too large ones.
    case malformed(CSVError)
    /// No row follows the header.
    case noRows(line: Int)
    /// No column has the name.
    case missingColumn(String, line: Int, found: [String])
    /// No column with the name can divide the trials into groups; `further` can.
    case noGroupColumn(String, line: Int, further: [String])
    /// Two columns share a name.
    case repeatedColumn(String, line: Int)
    /// The table has a throughput and a time.
    case twoMeasures(line: Int)
    /// A row has more or fewer fields than the header.
    case fieldCount(Int, expected: Int, line: Int)
    /// A field is not a number in its range.
    case number(String, column: String, line: Int)
    /// The comma of a number may be a decimal mark or separate thousands.
    case decimalMark(String)
    /// The last of the columns divides the trials with a number of workers into groups.
    case divided(by: [String], workers: Double)

    /// One line with the line number, the error, the expectation and the remedy.
    public var description: String {
      switch self {
      case .empty:
        "is empty (expected comma-separated values \(ScalingTable.expected))"
      case .malformed(let error): "\(error)"
      case .noRows(let line):
        "line \(line): no rows after the header (expected one line per trial)"
      case .missingColumn(let name, let line, let found):
        "line \(line): no column '\(name)' in '\(Self.list(found))' (expected comma-separated values "
          + "\(ScalingTable.expected))"
      case .noGroupColumn(let name, let line, let further):
        "line \(line): no column '\(Readable.line(name, limit: 80))' to group by (expected "
          + (further.isEmpty ? "a further column" : "one of '\(Self.list(further))'") + ")"
      case .repeatedColumn(let name, let line):
        "line \(line): two columns named '\(name)' (rename or remove one)"
      case .twoMeasures(let line):
        "line \(line): both 'throughput' and 'seconds' are given (rename or remove one)"
      case .fieldCount(let count, let expected, let line):
        "line \(line): \(Readable.count(count, "field")) instead of \(expected), as in the header "
          + "(write decimals with a point, and quote text that contains commas)"
      case .number(let text, let column, let line):
        "line \(line): invalid \(column): '\(Readable.line(text, limit: 40))' (expected a number from "
          + "\(Self.range(of: column))\(text.contains(",") ? ", with a decimal point" : ""))"
      case .decimalMark(let text):
        "has the number '\(Readable.line(text, limit: 40))', in which the comma may be a decimal mark or "
          + "separate thousands (write decimals with a point, and thousands without a separator)"
      case .divided(let columns, let workers):
        "column '\(Readable.line(columns.last ?? "", limit: 80))' differs between trials with the same number of "
          + "workers (\(Int(exactly: workers).map(String.init) ?? Readable.digits(workers))); fit each value by itself "
          + "with --by \(Self.list(columns)), or remove the column"
      }
    }

    private static func range(of column: String) -> String {
      column == "workers" ? "0.001 to 1e9, such as 4" : "1e-100 to 1e100, such as 12.5"
    }

    private static func list(_ names: [String]) -> String {
      Readable.line(names.joined(separator: ","), limit: 80)
    }
  }
}
