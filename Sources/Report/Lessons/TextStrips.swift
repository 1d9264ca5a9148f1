import Formatting

/// Quantities over time, a strip of characters each, as high as the quantity at that time.
public struct TextStrips: TextDrawing {
  /// A quantity over time.
  public struct Strip: Sendable {
    let label: String
    let values: [Double?]
    let most: Double
    let text: String

    /// Makes a strip.
    ///
    /// - Parameters:
    ///   - label: The name of the quantity.
    ///   - values: Its values at equal distances in time; `nil` for a time without one, which is left empty.
    ///   - most: The value of the highest character (default: the greatest of the values).
    ///   - text: Formats the greatest value, which follows the label.
    public init(
      _ label: String, _ values: [Double?], upTo most: Double? = nil, text: (Double) -> String
    ) {
      let greatest = values.compactMap(\.self).filter(\.isFinite).max() ?? 0
      (self.label, self.values, self.most) = (label, values, most ?? greatest)
      self.text = text(greatest)
    }
  }

  private static let levels = Array("·▁▂▃▄▅▆▇█")

  private let strips: [Strip]
  private let end: String

  /// Makes strips of the same times.
  ///
  /// - Parameter end: The time at the right end; at the left end it is 0.
  public init(_ strips: [Strip], end: String) {
    (self.strips, self.end) = (strips, end)
  }

  /// Returns one line per strip with its name, its greatest value and its course, then the time axis.
  public func lines(width: Int) -> [String] {
    let labels = Readable.columns(
      strips.map { [Readable.line($0.label), "at most", Readable.line($0.text)] }, text: [0, 1])
    let margin = (labels.map(\.count).max() ?? 0) + 2
    let longest = strips.map(\.values.count).max() ?? 0
    let room = max(8, min(width - margin, longest))
    let lines = zip(strips, labels).map { strip, label in
      withoutTrailingSpaces(
        label + String(repeating: " ", count: margin - label.count) + Self.course(of: strip, room))
    }
    let gap = max(1, room - 1 - end.count)
    return lines + [String(repeating: " ", count: margin) + "0" + String(repeating: " ", count: gap) + end]
  }

  /// Returns a strip of `room` characters, each as high as the greatest of its values, so that no spike is lost.
  static func course(of strip: Strip, _ room: Int) -> String {
    let count = strip.values.count
    if count == 0 { return "" }
    return String(
      (0..<room).map { column in
        let first = min(count - 1, column * count / room)
        let last = min(count, max(first + 1, (column + 1) * count / room))
        let greatest = strip.values[first..<last].compactMap(\.self).max()
        return greatest.map { level($0 / strip.most) } ?? " "
      })
  }

  /// Returns the character for a part of the full height; the lowest for what is no number.
  static func level(_ part: Double) -> Character {
    part.isNaN ? levels[0] : levels[Int((min(max(0, part), 1) * 8).rounded())]
  }
}
