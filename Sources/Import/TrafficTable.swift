import Formatting

/// Requests per second by time as comma-separated values: a header `time,rate`, then a row per interval. Times are in seconds and
/// equally far apart; a rate holds until the next time.
public struct TrafficTable: Equatable, Sendable {
  /// The most rows.
  public static let mostRows = 1_000_000
  /// The greatest rate.
  public static let mostRate = 1e9
  /// The expected form of a table, for messages.
  public static let expected = "with a header 'time,rate' and one line per interval, such as 60,1000"

  /// The seconds between two rows.
  public let interval: Double
  /// The requests per second of each row.
  public let rates: [Double]

  /// Reads a table.
  ///
  /// - Throws: `TrafficError`.
  public init(_ text: String) throws(TrafficError) {
    var rows = CSVRows(text)
    guard let titles = try Self.next(&rows) else {
      throw .init("is empty (expected values \(Self.expected))")
    }
    let names = titles.map { $0.lowercased() }
    guard let timeColumn = names.firstIndex(of: "time"), let rateColumn = names.firstIndex(of: "rate") else {
      throw .init(
        "line \(rows.line): no columns 'time' and 'rate' in '\(Readable.line(titles.joined(separator: ","), limit: 80))' "
          + "(expected values \(Self.expected))")
    }
    var (times, rates) = (EquidistantTimes(), [Double]())
    while let fields = try Self.next(&rows) {
      let line = rows.line
      guard fields.count == titles.count else {
        throw .init(
          "line \(line): \(Readable.count(fields.count, "field")) instead of \(titles.count), as in the header"
        )
      }
      guard let time = Self.number(fields[timeColumn], in: 0...1e10) else {
        throw .invalid(fields[timeColumn], "time", "seconds from 0 to 10^10", line)
      }
      guard let rate = Self.number(fields[rateColumn], in: 0...Self.mostRate) else {
        throw .invalid(fields[rateColumn], "rate", "requests per second from 0 to 10^9", line)
      }
      if rates.count == Self.mostRows {
        throw .init("line \(line): more than \(Self.mostRows) rows (use longer intervals)")
      }
      try times.add(time, line: line)
      rates.append(rate)
    }
    if rates.count < 2 {
      throw .init("has \(Readable.count(rates.count, "row")) after the header (expected at least 2)")
    }
    (interval, self.rates) = (times.interval, rates)
  }

  private static func number(_ text: String, in range: ClosedRange<Double>) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }), let value = Double(text) else {
      return nil
    }
    return range.contains(value) ? value : nil
  }

  private static func next(_ rows: inout CSVRows) throws(TrafficError) -> [String]? {
    do throws(CSVError) {
      return try rows.next()
    } catch {
      throw .init("\(error)")
    }
  }
}

/// The times of the rows, which are equally far apart.
private struct EquidistantTimes {
  /// The seconds between two times, known from the second on.
  private(set) var interval = 0.0
  private var (first, last, count) = (0.0, 0.0, 0)

  /// Adds the time of a row.
  mutating func add(_ time: Double, line: Int) throws(TrafficError) {
    defer { (last, count) = (time, count + 1) }
    if count == 0 {
      first = time
      return
    }
    if time <= last {
      throw .init(
        "line \(line): time \(Readable.plain(time)) does not follow \(Readable.plain(last)) (sort the rows by time)"
      )
    }
    if count == 1 { interval = time - first }
    let expected = first + interval * Double(count)
    if (time - expected).magnitude > 1e-6 * max(1, time) + 1e-3 * interval {
      throw .init(
        "line \(line): a gap from \(Readable.plain(last)) to \(Readable.plain(time)) s, with rows "
          + "\(Readable.plain(interval)) s apart (add the missing rows)")
    }
  }
}

/// The reason that a text is no traffic, as a predicate of its name.
public struct TrafficError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line with the line number, the error and the remedy.
  public let description: String

  init(_ description: String) { self.description = description }

  fileprivate static func invalid(_ text: String, _ column: String, _ expected: String, _ line: Int) -> Self {
    Self("line \(line): invalid \(column): '\(Readable.line(text, limit: 40))' (expected \(expected))")
  }
}
