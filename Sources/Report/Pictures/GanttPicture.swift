import Analysis
import Formatting
import Records

/// What the workers did in one trial.
extension MeasuredTrial {
  /// When each worker was at work; `nil` where the trial does not tell.
  func gantt(on place: String?) -> Drawing? {
    let shares = report.shares ?? []
    let last = ([report.region] + shares.map(\.end)).max() ?? 0
    return RowChart(
      title: "Workers: \(name(on: place))",
      subtitle: "from begin to end in a region of \(duration(report.region)); pale: without a core",
      description: description(of: shares), axis: .linear, lower: 0, upper: max(Double(last), 1), legend: [],
      rows: shares.map { share in
        .init(
          label: "worker \(share.worker)", value: duration(elapsed(share)),
          marks: marks(share))
      }, rowHeight: rowHeight(of: shares.count),
      text: { $0 == 0 ? "0" : trimmed(Readable.duration(nanoseconds: $0)) }
    ).drawing
  }

  /// What was tried.
  var subject: String {
    let words = [configuration.model, "\(configuration.workers)", configuration.kernel]
    return "\(configuration.workload) "
      + (words + [scheduleText(of: configuration)].compactMap(\.self)).joined(separator: " ")
  }

  /// What was tried, in which round, and where.
  func name(on place: String?) -> String {
    Readable.line("\(subject), round \(round)\(place.map { ", \($0)" } ?? "")")
  }

  /// The time with a core, and behind it the time without: when that was is not known.
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
    let idle = time > 0 ? "; of that time \(Readable.percent(1 - busy / time)) was without a core" : ""
    return
      "\(Readable.count(shares.count, "worker")) began from \(duration(first)) to \(duration(lastBegin)) after the "
      + "region's start, and ended from \(duration(end)) to \(duration(lastEnd)) after it\(idle)."
  }

  private func elapsed(_ share: Share) -> UInt64 {
    share.end > share.begin ? share.end - share.begin : 0
  }

  private func duration(_ nanoseconds: UInt64) -> String {
    Readable.duration(nanoseconds: Double(nanoseconds))
  }
}

/// The height of a row, so that as many as that can be looked at together.
func rowHeight(of rows: Int) -> Double {
  rows <= 4 ? 26 : rows <= 16 ? 18 : 10
}
