import Formatting
import Records

/// Throughputs by worker count as separated values: a header line, then one line per trial. The separator is a comma, a
/// semicolon or a tab, or what a first line such as `sep=;` names.
public enum ScalingTable {
  /// The trials with the same values in some columns.
  public struct Group: Equatable, Sendable {
    /// The values, in the order in which the columns were named.
    public let values: [String]
    /// The trials, in the order of the lines.
    public internal(set) var samples: [ScalingSample]
  }

  /// The expected form of a table, for messages.
  public static let expected =
    "with a header 'workers,throughput' or 'workers,seconds' and one line per trial"

  /// The accepted numbers, whose products are finite.
  private static let possibleWorkers = 1e-3...1e9
  private static let possibleMeasures = 1e-100...1e100

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - names: The titles of columns whose values divide the trials into groups.
  /// - Returns: The groups in the order of their first lines; a single one if no column is named.
  /// - Throws: `FormatError`, also if another column divides the trials: see `DividingColumns`.
  public static func groups(
    in text: String, by names: [String] = []
  ) throws(FormatError) -> [Group] {
    var rows = CSVRows(text)
    rows.separator = separator(of: rows)
    guard let titles = try next(&rows) else { throw .empty }
    let columns = try Columns(titles, by: names, line: rows.line)
    let titleLine = rows.line
    var mark = DecimalMark(separator: rows.separator)
    var dividing = DividingColumns(titles, except: columns.known)
    var groups: [Group] = []
    var places: [[String]: Int] = [:]
    while let fields = try next(&rows) {
      guard fields.count == titles.count else {
        throw .fieldCount(fields.count, expected: titles.count, line: rows.line)
      }
      let sample = try columns.sample(in: fields, &mark, line: rows.line)
      let values = columns.groups.map { fields[$0] }
      let place = places[values] ?? groups.count
      if place == groups.count {
        places[values] = place
        groups.append(Group(values: values, samples: []))
      }
      groups[place].samples.append(sample)
      dividing.add(fields, group: place, workers: sample.workers)
    }
    if groups.isEmpty { throw .noRows(line: titleLine) }
    if let number = mark.contradiction { throw .decimalMark(number) }
    if let (title, workers) = dividing.first { throw .divided(by: names + [title], workers: workers) }
    return groups
  }

  /// Returns the separator that a text names, or else the first with which it has a column of workers.
  private static func separator(of rows: CSVRows) -> UInt8 {
    if rows.namesSeparator { return rows.separator }
    return ",;\t".utf8.first { separator in
      var attempt = rows
      attempt.separator = separator
      let titles = (try? attempt.next()) ?? []
      return titles.contains { $0.lowercased() == "workers" }
    } ?? rows.separator
  }

  private static func next(_ rows: inout CSVRows) throws(FormatError) -> [String]? {
    do throws(CSVError) {
      return try rows.next()
    } catch {
      throw .malformed(error)
    }
  }

  /// The positions of the columns in a row.
  private struct Columns {
    let workers: Int
    let measure: Int
    let measureName: String
    let groups: [Int]

    var known: Set<Int> { Set([workers, measure] + groups) }

    init(_ titles: [String], by groupNames: [String], line: Int) throws(FormatError) {
      let names = titles.map { $0.lowercased() }
      for name in ["workers", "throughput", "seconds"] + groupNames.map({ $0.lowercased() })
      where names.count(where: { $0 == name }) > 1 {
        throw .repeatedColumn(name, line: line)
      }
      guard let workers = names.firstIndex(of: "workers") else {
        throw .missingColumn("workers", line: line, found: titles)
      }
      let measure: (place: Int, name: String)
      switch (names.firstIndex(of: "throughput"), names.firstIndex(of: "seconds")) {
      case (let throughput?, nil): measure = (throughput, "throughput")
      case (nil, let seconds?): measure = (seconds, "seconds")
      case (nil, nil): throw .missingColumn("throughput' or 'seconds", line: line, found: titles)
      case (.some, .some): throw .twoMeasures(line: line)
      }
      let further = titles.indices.filter { $0 != workers && $0 != measure.place }
      var groups: [Int] = []
      for name in groupNames {
        guard let place = further.first(where: { names[$0] == name.lowercased() }) else {
          throw .noGroupColumn(name, line: line, further: further.map { titles[$0] })
        }
        groups.append(place)
      }
      (self.workers, self.measure, measureName, self.groups) = (workers, measure.place, measure.name, groups)
    }

    func sample(
      in fields: [String], _ mark: inout DecimalMark, line: Int
    ) throws(FormatError) -> ScalingSample {
      guard let workers = mark.number(fields[workers]), possibleWorkers.contains(workers) else {
        throw .number(fields[self.workers], column: "workers", line: line)
      }
      guard let measure = mark.number(fields[measure]), possibleMeasures.contains(measure) else {
        throw .number(fields[self.measure], column: measureName, line: line)
      }
      return ScalingSample(
        workers: workers, throughput: measureName == "seconds" ? 1 / measure : measure)
    }
  }
}
