import Formatting
import Records

/// Widths of texts, estimated: what draws them chooses the font.
enum TextWidth {
  /// How wide a text of one line is about, at least.
  ///
  /// - Parameter size: The size of the font.
  static func of(_ text: String, size: Double = 13) -> Double {
    text.unicodeScalars.reduce(0) { width, scalar in
      width + size * (scalar.value < 0x1100 ? 0.6 : 1.05)
    }
  }

  /// As much of a text as fits, on one line.
  static func fit(_ text: String, into width: Double, size: Double = 13) -> String {
    let line = Readable.line(text)
    if of(line, size: size) <= width { return line }
    var kept = ""
    for character in line {
      if of(kept + String(character) + "…", size: size) > width { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
