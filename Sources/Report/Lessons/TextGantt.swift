import Formatting
import Records

/// A Gantt chart of the workers from the start of a region to its end.
public struct TextGantt: TextDrawing {
  /// The meaning of the characters.
  public static let legend =
    "Time on a core: █ at least 75 %, ▓ 50 %, ▒ 25 %, ░ less. · finished, waiting for the last."

  private static let mostRows = 16

  private let shares: [Share]
  private let region: UInt64
  private let noun: String

  /// Makes the chart of a trial; a trial without shares has no lines.
  ///
  /// - Parameters:
  ///   - trial: The trial with the shares to draw.
  ///   - noun: The word for a worker.
  public init(_ trial: TrialRecord, of noun: String = "worker") {
    (shares, region) = (trial.shares ?? [], trial.region)
    self.noun = noun
  }

  /// Returns one line per worker, then the time axis.
  public func lines(width: Int) -> [String] {
    guard !shares.isEmpty, region > 0 else { return [] }
    let rows = shares.prefix(Self.mostRows)
    let labels = Readable.columns(rows.map { ["\(noun)", "\($0.worker)"] })
    let margin = (labels.map(\.count).max() ?? 0) + 2
    let room = max(8, width - margin)
    var lines = zip(rows, labels).map { share, label in
      withoutTrailingSpaces(
        label + String(repeating: " ", count: margin - label.count) + track(of: share, room))
    }
    let hidden = shares.count - rows.count
    if hidden > 0 { lines.append("… and \(Readable.count(hidden, "more \(noun)"))") }
    let end = Readable.duration(nanoseconds: Double(region))
    let gap = max(1, room - 1 - end.count)
    lines.append(String(repeating: " ", count: margin) + "0" + String(repeating: " ", count: gap) + end)
    return lines
  }

  private func track(of share: Share, _ room: Int) -> String {
    let begin = min(room - 1, place(share.begin, room))
    // Even the shortest share has one character.
    let end = min(room, max(begin + 1, place(share.end, room)))
    return String(repeating: " ", count: begin)
      + String(repeating: shade(of: share), count: end - begin) + String(repeating: "·", count: room - end)
  }

  private func place(_ time: UInt64, _ room: Int) -> Int {
    Int((Double(min(time, region)) / Double(region) * Double(room)).rounded())
  }

  /// Returns the character for the fraction of a worker's time on a core.
  private func shade(of share: Share) -> Character {
    guard share.end > share.begin else { return "░" }
    switch Double(share.cpuTime) / Double(share.end - share.begin) {
    case 0.75...: return "█"
    case 0.5...: return "▓"
    case 0.25...: return "▒"
    default: return "░"
    }
  }
}
