import Testing

/// Expects that an explanation fits a screen of 24 × 80 with its heading and its files, and shows no undefined number.
func expectScreen(_ text: String) {
  var (lines, width) = (0, 81)
  for word in text.split(separator: " ") {
    if width + 1 + word.count > 80 {
      (lines, width) = (lines + 1, word.count)
    } else {
      width += 1 + word.count
    }
  }
  #expect(lines <= 16, "\(lines) lines: \(text)")
  #expect(!text.contains("nan") && !text.contains("  "), "\(text)")
}
