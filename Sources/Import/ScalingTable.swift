import Formatting
import Records

/// Throughputs by worker count as separated values: a header line, then one line per trial. The separator is a comma, a
/// semicolon or a tab, or what a first line such as `sep=;` names.
public enum ScalingTable {
  /// The expected form of a table, for messages.
  public static let expected =
    "with a header such as 'workers,throughput' or 'threads,time_ms' and one line per trial"

  /// Reads a table.
  ///
  /// - Parameter choice: The columns that the user named. Others are guessed.
  /// - Throws: `FormatError`, also if another column divides the trials: see `DividingColumns`.
  static func read(_ text: String, _ choice: ColumnChoice) throws(FormatError) -> ScalingData {
    var rows = CSVRows(text)
    rows.separator = separator(of: rows, choice)
    guard let titles = try next(&rows) else { throw .empty }
    let columns = try TableColumns(titles, choice, line: rows.line)
    let titleLine = rows.line
    var mark = DecimalMark(separator: rows.separator)
    var dividing = DividingColumns(titles, except: columns.known)
    var data = ScalingData()
    while let fields = try next(&rows) {
      guard fields.count == titles.count else {
        throw .fieldCount(fields.count, expected: titles.count, line: rows.line)
      }
      let sample = try columns.sample(in: fields, &mark, line: rows.line)
      let group = data.add(sample, columns.groups.map { .init(titles[$0], fields[$0]) })
      dividing.add(fields, group: group, workers: sample.workers)
    }
    if data.groups.isEmpty { throw .noRows(line: titleLine) }
    if let number = mark.contradiction { throw .decimalMark(number) }
    if let (title, workers) = dividing.first {
      throw .divided(by: choice.groups + [title], workers: workers)
    }
    data.notes = columns.notes
    return data
  }

  /// Returns the separator that a text names, or else the first with which it has a column of workers.
  private static func separator(of rows: CSVRows, _ choice: ColumnChoice) -> UInt8 {
    if rows.namesSeparator { return rows.separator }
    return ",;\t".utf8.first { separator in
      var attempt = rows
      attempt.separator = separator
      let titles = (try? attempt.next()) ?? []
      guard let name = choice.workers?.lowercased() else { return !UsualTitle.workers(in: titles).isEmpty }
      return titles.contains { $0.lowercased() == name }
    } ?? rows.separator
  }

  private static func next(_ rows: inout CSVRows) throws(FormatError) -> [String]? {
    do throws(CSVError) {
      return try rows.next()
    } catch {
      throw .malformed(error)
    }
  }
}
