import Formatting
import Records

/// The utilization of each core over time, one strip per core.
public struct TextCores: TextDrawing {
  private static let mostRows = 16

  private let timeline: CoreTimeline

  /// Makes the strips of a timeline.
  public init(_ timeline: CoreTimeline) {
    self.timeline = timeline
  }

  /// Returns one line per core: its number, its mean utilization and its strip.
  public func lines(width: Int) -> [String] {
    let cores = Array(zip(timeline.cores, timeline.busy))
    let rows = cores.prefix(Self.mostRows)
    let labels = Readable.columns(rows.map { ["core", "\($0.0)", mean([$0]).map(percent) ?? "-"] })
    let margin = (labels.map(\.count).max() ?? 0) + 2
    let room = max(8, width - margin)
    var lines = zip(rows, labels).map { row, label in
      withoutTrailingSpaces(label + String(repeating: " ", count: margin - label.count) + strip(row.1, room))
    }
    let hidden = Array(cores.dropFirst(Self.mostRows))
    if !hidden.isEmpty {
      lines.append(
        "… and \(Readable.count(hidden.count, "more core"))" + (mean(hidden).map { ", \(percent($0))" } ?? "")
      )
    }
    return lines
  }

  private func mean(_ cores: [(Int, [Int])]) -> Double? {
    CoreTimeline(
      interval: timeline.interval, span: timeline.span, cores: cores.map(\.0), busy: cores.map(\.1)
    ).busyCores.map { $0 / Double(max(1, cores.count)) }
  }

  private func percent(_ part: Double) -> String { "\(Readable.fixed(part * 100, decimals: 0)) %" }

  /// Returns a strip of `room` characters, each the mean of its values.
  private func strip(_ values: [Int], _ room: Int) -> String {
    if values.isEmpty { return "" }
    return String(
      (0..<room).map { column in
        let first = min(values.count - 1, column * values.count / room)
        let last = min(values.count, max(first + 1, (column + 1) * values.count / room))
        let mean = Double(values[first..<last].reduce(0, +)) / Double(last - first)
        return TextStrips.level(mean / 100)
      })
  }
}
