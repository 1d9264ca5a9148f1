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
    /// No column has the name, or one of those that are guessed.
    case missingColumn(String, line: Int, found: [String])
    /// No column has the name that the user gave.
    case unknownColumn(String, line: Int, found: [String])
    /// A unit was given, but the table has a throughput.
    case noTime(String, line: Int)
    /// No column with the name can divide the trials into groups; `further` can.
    case noGroupColumn(String, line: Int, further: [String])
    /// Two columns share a name.
    case repeatedColumn(String, line: Int)
    /// Several columns may have the number of workers.
    case severalWorkers([String], line: Int)
    /// One column is to be the number of workers and the measure.
    case sameColumn(String, line: Int)
    /// The table has a throughput and a time.
    case twoMeasures(String, String, line: Int)
    /// A row has more or fewer fields than the header.
    case fieldCount(Int, expected: Int, line: Int)
    /// A field is not a number in its range.
    case number(String, column: String, isWorkers: Bool, line: Int)
    /// The comma of a number may be a decimal mark or separate thousands.
    case decimalMark(String)
    /// The table was written by `scaleup report`, with times in nanoseconds and warm-ups.
    case report
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
        "line \(line): no column '\(Readable.line(name, limit: 80))' in '\(Self.list(found))' (expected "
          + "comma-separated values \(ScalingTable.expected); name another with \(Self.option(name)))"
      case .unknownColumn(let name, let line, let found):
        "line \(line): no column '\(Readable.line(name, limit: 80))' (expected one of '\(Self.list(found))')"
      case .noTime(let name, let line):
        "line \(line): column '\(Readable.line(name, limit: 80))' is a throughput, which has no unit (leave --unit out, or "
          + "name a time with --time-column)"
      case .noGroupColumn(let name, let line, let further):
        "line \(line): no column '\(Readable.line(name, limit: 80))' to group by (expected "
          + (further.isEmpty ? "a further column" : "one of '\(Self.list(further))'") + ")"
      case .repeatedColumn(let name, let line):
        "line \(line): two columns named '\(name)' (rename or remove one)"
      case .severalWorkers(let names, let line):
        "line \(line): several columns may be the number of workers: '\(Self.list(names))' (choose with "
          + "--workers-column)"
      case .sameColumn(let name, let line):
        "line \(line): column '\(Readable.line(name, limit: 80))' cannot be both the number of workers and the measure"
      case .twoMeasures(let throughput, let time, let line):
        "line \(line): both '\(Readable.line(throughput, limit: 80))' and '\(Readable.line(time, limit: 80))' may be the "
          + "measure (choose with --throughput-column or --time-column)"
      case .fieldCount(let count, let expected, let line):
        "line \(line): \(Readable.count(count, "field")) instead of \(expected), as in the header "
          + "(write decimals with a point, and quote text that contains commas)"
      case .number(let text, let column, let isWorkers, let line):
        "line \(line): invalid \(Readable.line(column, limit: 80)): '\(Readable.line(text, limit: 40))' (expected a "
          + "number from \(isWorkers ? "0.001 to 1e9, such as 4" : "1e-100 to 1e100, such as 12.5")"
          + "\(text.contains(",") ? ", with a decimal point" : ""))"
      case .decimalMark(let text):
        "has the number '\(Readable.line(text, limit: 40))', in which the comma may be a decimal mark or "
          + "separate thousands (write decimals with a point, and thousands without a separator)"
      case .report: "is the CSV of scaleup report (fit the saved run itself)"
      case .divided(let columns, let workers):
        "column '\(Readable.line(columns.last ?? "", limit: 80))' differs between trials with the same number of "
          + "workers (\(Int(exactly: workers).map(String.init) ?? Readable.digits(workers))); fit each value by itself "
          + "with --by \(Self.list(columns)), or remove the column"
      }
    }

    /// The option that names another column in place of a missing one.
    private static func option(_ name: String) -> String {
      name == "workers" ? "--workers-column" : "--time-column or --throughput-column"
    }

    private static func list(_ names: [String]) -> String {
      Readable.line(names.joined(separator: ","), limit: 80)
    }
  }
}
