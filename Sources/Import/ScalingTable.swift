import Formatting
import Records

/// Throughputs by worker count in comma-separated values: a header line, then one line per trial.
public enum ScalingTable {
  /// The reason a text is not a scaling table, as a phrase that follows the name of the text.
  public enum FormatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text is empty.
    case empty
    /// No row follows the header.
    case noRows(line: Int)
    /// No column has the name.
    case missingColumn(String, line: Int, found: [String])
    /// Two columns share a name.
    case repeatedColumn(String, line: Int)
    /// The table has a throughput and a time.
    case twoMeasures(line: Int)
    /// A row has more or fewer fields than the header.
    case fieldCount(Int, expected: Int, line: Int)
    /// A field is not a number in its range.
    case number(String, column: String, line: Int)
    /// A quote is never closed.
    case openQuote(line: Int)
  }

  /// The expected form of a table, for messages.
  public static let expected =
    "with a header 'workers,throughput' or 'workers,seconds' and one line per trial"

  /// The accepted numbers, whose products are finite.
  private static let possibleWorkers = 1e-3...1e9
  private static let possibleMeasures = 1e-100...1e100

  /// Reads a table.
  ///
  /// - Throws: `FormatError`.
  public static func samples(in text: String) throws(FormatError) -> [ScalingSample] {
    var rows = CSVRows(text)
    guard let titles = try next(&rows) else { throw .empty }
    let columns = try Columns(titles, line: rows.line)
    var samples: [ScalingSample] = []
    let titleLine = rows.line
    while let fields = try next(&rows) {
      guard fields.count == titles.count else {
        throw .fieldCount(fields.count, expected: titles.count, line: rows.line)
      }
      guard let workers = number(fields[columns.workers], in: possibleWorkers) else {
        throw .number(fields[columns.workers], column: "workers", line: rows.line)
      }
      guard let measure = number(fields[columns.measure], in: possibleMeasures) else {
        throw .number(fields[columns.measure], column: columns.measureName, line: rows.line)
      }
      samples.append(
        ScalingSample(workers: workers, throughput: columns.measureName == "seconds" ? 1 / measure : measure))
    }
    if samples.isEmpty { throw .noRows(line: titleLine) }
    return samples
  }

  private static func next(_ rows: inout CSVRows) throws(FormatError) -> [String]? {
    do throws(CSVRows.OpenQuote) {
      return try rows.next()
    } catch {
      throw .openQuote(line: error.line)
    }
  }

  /// Returns a decimal number in a range. Other numbers that Swift accepts, such as `nan` or `0x10`, are
  /// rejected.
  private static func number(_ text: String, in range: ClosedRange<Double>) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || ".+-eE".utf8.contains(byte)
    }
    guard isDecimal, let value = Double(text), range.contains(value) else { return nil }
    return value
  }

  /// The positions of the columns in a row.
  private struct Columns {
    let workers: Int
    let measure: Int
    let measureName: String

    init(_ titles: [String], line: Int) throws(FormatError) {
      let names = titles.map { $0.lowercased() }
      for name in ["workers", "throughput", "seconds"] where names.count(where: { $0 == name }) > 1 {
        throw .repeatedColumn(name, line: line)
      }
      guard let workers = names.firstIndex(of: "workers") else {
        throw .missingColumn("workers", line: line, found: titles)
      }
      switch (names.firstIndex(of: "throughput"), names.firstIndex(of: "seconds")) {
      case (let throughput?, nil): (measure, measureName) = (throughput, "throughput")
      case (nil, let seconds?): (measure, measureName) = (seconds, "seconds")
      case (nil, nil): throw .missingColumn("throughput' or 'seconds", line: line, found: titles)
      case (.some, .some): throw .twoMeasures(line: line)
      }
      self.workers = workers
    }
  }
}

extension ScalingTable.FormatError {
  /// One line with the line number, the error, the expectation and the remedy.
  public var description: String {
    switch self {
    case .empty:
      "is empty (expected comma-separated values \(ScalingTable.expected))"
    case .noRows(let line):
      "line \(line): no rows after the header (expected one line per trial)"
    case .missingColumn(let name, let line, let found):
      "line \(line): no column '\(name)' in '\(Self.list(found))' (expected comma-separated values "
        + "\(ScalingTable.expected))"
    case .repeatedColumn(let name, let line):
      "line \(line): two columns named '\(name)' (rename or remove one)"
    case .twoMeasures(let line):
      "line \(line): both 'throughput' and 'seconds' are given (rename or remove one)"
    case .fieldCount(let count, let expected, let line):
      "line \(line): \(Readable.count(count, "field")) instead of \(expected), as in the header "
        + "(write decimals with a point, and quote text that contains commas)"
        + "commas in quotes"
    case .number(let text, let column, let line):
      "line \(line): invalid \(column): '\(Readable.line(text, limit: 40))' (expected a number from "
        + "\(Self.range(of: column)))"
    case .openQuote(let line):
      "line \(line): unclosed quote (add a closing '\"')"
    }
  }

  private static func range(of column: String) -> String {
    column == "workers" ? "0.001 to 1e9, such as 4" : "1e-100 to 1e100, such as 12.5"
  }

  private static func list(_ names: [String]) -> String {
    Readable.line(names.joined(separator: ","), limit: 80)
  }
}
