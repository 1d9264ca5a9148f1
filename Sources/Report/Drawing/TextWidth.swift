import Formatting
import Records

/// Estimated widths of texts; the viewer chooses the font.
enum TextWidth {
  /// Returns the estimated width of a line of text.
  ///
  /// - Parameter size: The size of the font.
  static func of(_ text: String, size: Double = 13) -> Double {
    text.unicodeScalars.reduce(0) { width, scalar in
      width + size * (scalar.value < 0x1100 ? 0.6 : 1.05)
    }
  }

  /// Returns a text in lines that fit, at most so many; the last one is cut if necessary.
  static func lines(_ text: String, into width: Double, size: Double = 13, most: Int) -> [String] {
    var lines: [String] = []
    var rest = Readable.line(text).split(separator: " ")[...]
    while !rest.isEmpty, lines.count < most {
      if lines.count == most - 1 {
        lines.append(fit(rest.joined(separator: " "), into: width, size: size))
        break
      }
      let count = max(
        1, (1...rest.count).last { of(rest.prefix($0).joined(separator: " "), size: size) <= width } ?? 1)
      lines.append(fit(rest.prefix(count).joined(separator: " "), into: width, size: size))
      rest = rest.dropFirst(count)
    }
    return lines
  }

  /// Returns the middles of texts on one line: at their places, or moved apart if they would overlap.
  ///
  /// - Parameter places: The places, in ascending order.
  static func middles(of texts: [String], at places: [Double], size: Double) -> [Double] {
    let halves = texts.map { of($0, size: size) / 2 }
    let apart = zip(halves, halves.dropFirst()).map { $0 + $1 + 8 }
    var middles = places
    // Neighbours give way to each other by half, and then to the edges of the drawing.
    for _ in texts {
      for (index, distance) in apart.enumerated() {
        let overlap = max(0, distance - (middles[index + 1] - middles[index]))
        middles[index] -= overlap / 2
        middles[index + 1] += overlap / 2
      }
    }
    for index in middles.indices {
      let least = index == 0 ? halves[0] + 2 : middles[index - 1] + apart[index - 1]
      middles[index] = max(middles[index], least)
    }
    for index in middles.indices.reversed() {
      let last = middles.count - 1
      let most = index == last ? Drawing.width - halves[last] - 2 : middles[index + 1] - apart[index]
      middles[index] = min(middles[index], most)
    }
    return middles
  }

  /// Returns as much of a text as fits on one line of the given width.
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
