import Analysis
import Formatting
import Records

extension MeasuredTrial {
  /// Draws a Gantt chart of the workers; `nil` if the trial has no shares.
  func gantt(on place: String?) -> Drawing? {
    let shares = report.shares ?? []
    let last = ([report.region] + shares.map(\.end)).max() ?? 0
    return RowChart(
      title: "Workers: \(name(on: place))",
      subtitle: "begin to end of each worker in a region of \(duration(report.region)); pale: off-CPU",
      description: description(of: shares), axis: .linear, lower: 0, upper: max(Double(last), 1), legend: [],
      rows: shares.map { share in
        .init(
          label: "worker \(share.worker)", value: duration(elapsed(share)),
          marks: marks(share))
      }, rowHeight: rowHeight(of: shares.count),
      text: { $0 == 0 ? "0" : trimmed(Readable.duration(nanoseconds: $0)) }
    ).drawing
  }

  /// The configuration in words.
  var subject: String {
    let words = [configuration.model, "\(configuration.workers)", configuration.kernel]
    return "\(configuration.workName) "
      + (words + [variantText(of: configuration)].compactMap(\.self)).joined(separator: " ")
  }

  /// Returns the configuration in words, with the round and the place.
  func name(on place: String?) -> String {
    Readable.line("\(subject), round \(round)\(place.map { ", \($0)" } ?? "")")
  }

  /// Returns the time on a core, followed by the time off-CPU; the real order is unknown.
  private func marks(_ share: Share) -> [RowChart.Mark] {
    let (begin, end) = (Double(share.begin), Double(share.end))
    let turn = min(begin + Double(share.cpuTime), end)
    return [
      .init(shape: .bar(begin, turn), style: "fill c0"), .init(shape: .bar(turn, end), style: "pale c0"),
    ]
  }

  private func description(of shares: [Share]) -> String {
    guard let first = shares.map(\.begin).min(), let lastBegin = shares.map(\.begin).max(),
      let end = shares.map(\.end).min(), let lastEnd = shares.map(\.end).max()
    else { return "" }
    let time = shares.reduce(0.0) { $0 + Double(elapsed($1)) }
    let busy = shares.reduce(0.0) { $0 + Double(min($1.cpuTime, elapsed($1))) }
    let idle = time > 0 ? "; \(Readable.percent(1 - busy / time)) of that time was off-CPU" : ""
    return
      "\(Readable.count(shares.count, "worker")) began \(duration(first)) to \(duration(lastBegin)) after the start of "
      + "the region and ended \(duration(end)) to \(duration(lastEnd)) after it\(idle)."
  }

  private func elapsed(_ share: Share) -> UInt64 {
    share.end > share.begin ? share.end - share.begin : 0
  }

  private func duration(_ nanoseconds: UInt64) -> String {
    Readable.duration(nanoseconds: Double(nanoseconds))
  }
}

/// Returns the height of a row in a chart with so many rows.
func rowHeight(of rows: Int) -> Double {
  rows <= 4 ? 26 : rows <= 16 ? 18 : 10
}
