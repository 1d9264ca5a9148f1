import Analysis
import Formatting
import Records

/// Returns the result of a load run as tables and sentences for a terminal. Wrong answers come first.
public func loadReport(of record: LoadRecord, style: TextStyle = TextStyle()) -> String {
  var sections = [Section(title: heading(of: record), table: rateTable(of: record))]
  if !record.latency.isEmpty || record.sent > 0 { sections.append(Section(table: latencyTable(of: record))) }
  if record.errors.total > 0 { sections.append(Section(table: errorTable(of: record))) }
  if let workers = record.workers { sections.append(Section(table: workerTable(workers))) }
  let wrong = record.errors[.wrongAnswer]
  let first = wrong > 0 ? "WRONG: \(Readable.count(Int(clamping: wrong), "answer")) had a wrong body\n" : ""
  return first + Section.text(sections + [Section(lines: loadSentences(on: record))], style: style)
}

/// Returns one line about a load run that goes on.
///
/// - Parameters:
///   - elapsed: The time since its first request, in nanoseconds.
///   - total: Its whole duration, warm-up included.
///   - rate: The correct answers per second so far; `nil` during the warm-up.
public func loadStatus(
  elapsed: UInt64, of total: UInt64, rate: Double?, asked: Double?, latency: LatencyHistogram, failed: UInt64
) -> String {
  let seconds = { (time: UInt64) in Readable.fixed(Double(time) / 1e9, decimals: 0) }
  let clock = "\(seconds(min(elapsed, total))) of \(seconds(total)) s"
  guard let rate else { return "\(clock), warming up" }
  let goal = asked.map { " of \(rateText($0))" } ?? ""
  let percentiles = [50.0, 99.0].compactMap { percentile in
    latency.time(atPercentile: percentile).map {
      "p\(Readable.fixed(percentile, decimals: 0)) \(Readable.duration(nanoseconds: Double($0)))"
    }
  }
  return (["\(clock), \(rateText(rate))\(goal)"] + percentiles + ["\(failed) failed"]).joined(separator: ", ")
}

private func heading(of record: LoadRecord) -> String {
  let loop =
    switch record.arrivals {
    case .poisson: "open loop, Poisson arrivals"
    case .constant: "open loop, constant arrivals"
    case nil: "closed loop"
    }
  let paths = record.paths.map { ", \($0.count) paths" } ?? ""
  let method = record.method.map { "\(Readable.line($0)) " } ?? ""
  let duration = Readable.duration(nanoseconds: Double(record.duration))
  return
    "\(method)\(Readable.line(record.url))\(paths), \(loop), \(Readable.count(record.connections, "connection")), \(duration)"
}

private func rateTable(of record: LoadRecord) -> Table {
  let cells: [(column: Table.Column, cell: String?)] = [
    (Table.Column("asked"), record.askedRate.map(rateText)),
    (Table.Column("achieved"), rateText(record.achievedRate)),
    (Table.Column("due", rank: 2), record.due.map { "\($0)" }),
    (Table.Column("sent", rank: 3), "\(record.sent)"),
    (Table.Column("answered", rank: 1), "\(record.answered)"),
    (Table.Column("failed"), "\(record.errors.total)"),
    (Table.Column("received", rank: 4), Readable.memory(bytes: record.bytesReceived)),
  ]
  let known = cells.compactMap { column, cell in cell.map { (column: column, cell: $0) } }
  return Table(columns: known.map(\.column), rows: [known.map(\.cell)])
}

/// Returns the percentiles of the latencies. In an open loop, they count from the moment each request was due; beside them are
/// those that count from sending.
private func latencyTable(of record: LoadRecord) -> Table {
  let isOpen = record.arrivals != nil
  let histograms =
    isOpen
    ? [("from due", record.latency), ("from sending", record.uncorrected), ("send delay", record.sendDelay)]
    : [("from sending", record.latency)]
  let percentiles = [50, 90, 99, 99.9]
  let rows = percentiles.map { percentile in
    ["\(Readable.fixed(percentile, decimals: percentile == 99.9 ? 1 : 0)) %"]
      + histograms.map { timeText($0.1?.time(atPercentile: percentile)) }
  }
  return Table(
    columns: [Table.Column("latency")] + histograms.enumerated().map { Table.Column($1.0, rank: $0) },
    rows: rows + [["longest"] + histograms.map { timeText($0.1?.maximum) }])
}

private func errorTable(of record: LoadRecord) -> Table {
  Table(
    columns: [Table.Column("failure"), Table.Column("requests")],
    rows: RequestFailure.allCases.filter { record.errors[$0] > 0 }.map {
      [phrase(of: $0, in: record), "\(record.errors[$0])"]
    })
}

/// Returns the kind of a failure. The statuses that are none depend on the method.
func phrase(of failure: RequestFailure, in record: LoadRecord) -> String {
  failure == .badStatus && record.method != nil ? "status other than 200 to 299" : failure.phrase
}

private func workerTable(_ workers: [LoadRecord.Worker]) -> Table {
  Table(
    columns: [Table.Column("worker"), Table.Column("answers")],
    rows: workers.map { [$0.name, "\($0.answers)"] })
}

private func timeText(_ time: UInt64?) -> String {
  time.map { Readable.duration(nanoseconds: Double($0)) } ?? "-"
}

/// Formats a number of requests per second.
func rateText(_ rate: Double) -> String {
  rate >= 999.95 ? "\(Readable.fixed(rate, decimals: 0))/s" : "\(Readable.digits(rate))/s"
}

extension RequestFailure {
  /// The kind in a table, such as `connection reset`.
  public var phrase: String {
    switch self {
    case .connectionRefused: "connection refused"
    case .timeout: "timeout"
    case .connectionReset: "connection reset"
    case .closedEarly: "closed before the answer"
    case .badStatus: "status other than 200"
    case .wrongAnswer: "wrong answer"
    case .malformed: "malformed answer"
    case .tooLarge: "answer too large"
    case .localLimit: "no free port or descriptor"
    }
  }
}
