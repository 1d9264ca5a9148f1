import Formatting
import Records

/// Throughputs by workers in comma-separated values: a line of names, and a line a trial.
public enum ScalingTable {
  /// Why a text is no such table; reads on after the name of the text.
  public enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text is empty.
    case empty
    /// Only the line of names is there.
    case noRows(line: Int)
    /// No column has the name.
    case missingColumn(String, line: Int, found: [String])
    /// Two columns share a name.
    case repeatedColumn(String, line: Int)
    /// Both a throughput and a time are given.
    case twoMeasures(line: Int)
    /// A row has more or fewer fields than the line of names.
    case fieldCount(Int, expected: Int, line: Int)
    /// A field is not a number in range.
    case number(String, column: String, line: Int)
    /// A quote is never closed.
    case openQuote(line: Int)
  }

  /// What a table looks like, for messages.
  public static let expected =
    "with a first line 'workers,throughput' or 'workers,seconds' and a line a trial"

  /// The numbers that are believed; their products are finite.
  private static let possibleWorkers = 1e-3...1e9
  private static let possibleMeasures = 1e-100...1e100

  /// Reads a table.
  ///
  /// - Throws: `Problem`.
  public static func samples(in text: String) throws(Problem) -> [ScalingSample] {
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

  private static func next(_ rows: inout CSVRows) throws(Problem) -> [String]? {
    do throws(CSVRows.OpenQuote) {
      return try rows.next()
    } catch {
      throw .openQuote(line: error.line)
    }
  }

  /// A decimal number in a range. Words that Swift takes for numbers, and other bases, are none here.
  private static func number(_ text: String, in range: ClosedRange<Double>) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || ".+-eE".utf8.contains(byte)
    }
    guard isDecimal, let value = Double(text), range.contains(value) else { return nil }
    return value
  }

  /// Where what is needed stands in a row.
  private struct Columns {
    let workers: Int
    let measure: Int
    let measureName: String

    init(_ titles: [String], line: Int) throws(Problem) {
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

extension ScalingTable.Problem {
  /// One line: where, what is wrong, what was expected, and what to do.
  public var description: String {
    switch self {
    case .empty:
      "is empty; expected comma-separated values \(ScalingTable.expected)"
    case .noRows(let line):
      "line \(line): no trial follows the names of the columns; expected a line a trial; add one for every measurement"
    case .missingColumn(let name, let line, let found):
      "line \(line): no column is named '\(name)' among '\(Self.list(found))'; expected comma-separated values "
        + "\(ScalingTable.expected); add or rename the column"
    case .repeatedColumn(let name, let line):
      "line \(line): two columns are named '\(name)'; expected one; rename the other"
    case .twoMeasures(let line):
      "line \(line): there is a column 'throughput' and a column 'seconds'; expected one of them; rename the other"
    case .fieldCount(let count, let expected, let line):
      "line \(line): there \(count == 1 ? "is 1 field" : "are \(count) fields"), and the first line names "
        + "\(Readable.count(expected, "column")); expected as many; write decimals with a point, and put texts with "
        + "commas in quotes"
    case .number(let text, let column, let line):
      "line \(line): \(column) '\(Readable.line(text, limit: 40))' is not a number from "
        + "\(Self.range(of: column)); correct the line or leave it out"
    case .openQuote(let line):
      "line \(line): a quote is opened and never closed; expected another; close it"
    }
  }

  private static func range(of column: String) -> String {
    column == "workers" ? "0.001 to 1e9, such as 4" : "1e-100 to 1e100, such as 12.5"
  }

  private static func list(_ names: [String]) -> String {
    Readable.line(names.joined(separator: ","), limit: 80)
  }
}
