extension HyperfineFile {
  /// The columns that `hyperfine --export-csv` writes before those of parameters.
  private static let titles = ["command", "mean", "stddev", "median", "user", "system", "min", "max"]
  private static let parameter = "parameter_"

  /// Reads the table that `hyperfine --export-csv` writes; `nil` if a text has other columns.
  ///
  /// - Throws: `ImportError`.
  init?(table text: String) throws(ImportError) {
    var rows = CSVRows(text)
    guard let titles = try? rows.next(), titles.starts(with: Self.titles), titles.count > Self.titles.count,
      titles.dropFirst(Self.titles.count).allSatisfy({ $0.hasPrefix(Self.parameter) }),
      Set(titles).count == titles.count
    else { return nil }
    var results: [JSONValue] = []
    while let fields = try Self.next(&rows) {
      guard fields.count == titles.count else {
        throw .table(.fieldCount(fields.count, expected: titles.count, line: rows.line))
      }
      results.append(Self.result(in: fields, titles))
    }
    do throws(JSONFormatError) {
      try self.init(.array(results))
    } catch {
      throw .json(error)
    }
  }

  private static func next(_ rows: inout CSVRows) throws(ImportError) -> [String]? {
    do throws(CSVError) {
      return try rows.next()
    } catch {
      throw .table(.malformed(error))
    }
  }

  /// Returns a row as the result that the JSON would have.
  private static func result(in fields: [String], _ titles: [String]) -> JSONValue {
    let parameters = zip(titles, fields).dropFirst(Self.titles.count).map { title, field in
      (String(title.dropFirst(parameter.count)), JSONValue.string(field))
    }
    let median = JSONValue.string(fields[3])
    return .object([
      "command": .string(fields[0]), "median": median.number.map(JSONValue.number) ?? median,
      "parameters": .object(Dictionary(parameters) { first, _ in first }),
    ])
  }
}
