import Formatting
import Records

/// Horizontal bars with their names and values.
public struct TextBars: TextDrawing {
  /// One bar.
  public struct Bar: Sendable {
    let label: String
    let value: Double
    let text: String
    let isGuess: Bool

    /// Makes a bar.
    ///
    /// - Parameters:
    ///   - label: The name of the bar.
    ///   - value: The length of the bar; a negative value has no bar.
    ///   - text: The formatted value.
    ///   - isGuess: Whether the value is a guess, which is drawn paler than a measurement.
    public init(_ label: String, _ value: Double, _ text: String, isGuess: Bool = false) {
      self.label = label
      self.value = value
      self.text = text
      self.isGuess = isGuess
    }
  }

  private let bars: [Bar]

  /// Makes a picture of bars, the longest as long as the line allows.
  public init(_ bars: [Bar]) {
    self.bars = bars
  }

  /// Returns one line per bar, with only the label and the value if there is no room for bars.
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

  private func drawn(_ length: Double, _ bar: Bar) -> String {
    guard length.isFinite else { return "" }
    return bar.isGuess ? String(repeating: "░", count: Int(length.rounded())) : barText(length: length)
  }
}

/// Returns a bar of a length in characters, to an eighth of one; empty if the length is not finite.
func barText(length: Double) -> String {
  guard length.isFinite else { return "" }
  let eighths = Int((length * 8).rounded())
  let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
  return String(repeating: "█", count: eighths / 8) + part
}

/// Returns a line without the spaces at its end.
func withoutTrailingSpaces(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}
