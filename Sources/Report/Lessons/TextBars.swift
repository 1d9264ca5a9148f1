import Formatting
import Records

/// Horizontal bars with their names and values.
public struct TextBars: TextDrawing {
  /// One bar.
  public struct Bar: Sendable {
    let label: String
    let value: Double
    let text: String
    let isPredicted: Bool

    /// Describes a bar.
    ///
    /// - Parameters:
    ///   - label: What it is the value of.
    ///   - value: Its length; less than 0 has none.
    ///   - text: The value as people read it.
    ///   - isPredicted: Whether the value is a guess, which is drawn paler than what was measured.
    public init(_ label: String, _ value: Double, _ text: String, isPredicted: Bool = false) {
      self.label = label
      self.value = value
      self.text = text
      self.isPredicted = isPredicted
    }
  }

  private let bars: [Bar]

  /// Describes bars, of which the greatest is as long as there is room.
  public init(_ bars: [Bar]) {
    self.bars = bars
  }

  /// A line a bar; without the bars where there is no room for them.
  public func lines(width: Int) -> [String] {
    let labels = Readable.columns(bars.map { [Readable.line($0.label), Readable.line($0.text)] })
    let used = labels.map(\.count).max() ?? 0
    let room = width - used - 2
    let greatest = bars.map(\.value).filter(\.isFinite).max() ?? 0
    guard room >= 4, greatest > 0 else { return labels }
    return zip(bars, labels).map { bar, label in
      let length = min(max(0, bar.value / greatest), 1) * Double(room)
      return withoutTrailingSpaces(
        label + String(repeating: " ", count: used - label.count + 2) + drawn(length, bar))
    }
  }

  /// A bar, to an eighth of a character.
  private func drawn(_ length: Double, _ bar: Bar) -> String {
    guard length.isFinite else { return "" }
    if bar.isPredicted { return String(repeating: "░", count: Int(length.rounded())) }
    let eighths = Int((length * 8).rounded())
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + part
  }
}

/// A line without the spaces at its end.
func withoutTrailingSpaces(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}
